import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { loadConfig } from '../../src/config/load.ts';
import { checkConfig } from '../../src/config/rules.ts';

const ORIGIN = 'https://attest.example.com';

const refusedWith = (code: string, found?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ConfigError);
  assert.equal(error.code, code);
  if (found !== undefined) assert.match(error.detail.found ?? '', found);
  return true;
};

describe('loadConfig', () => {
  it('takes flag before environment before file before default', () => {
    const env = { ASSAY_ORIGIN: ORIGIN, ASSAY_LISTEN: '127.0.0.1:9001' };
    const config = loadConfig({ listen: '127.0.0.1:9002' }, env, { listen: '127.0.0.1:9000', data: 'file' });
    assert.deepEqual(config.listen, { host: '127.0.0.1', port: 9002 });
    assert.equal(config.data, 'file');
    assert.deepEqual(config.adminListen, { host: '127.0.0.1', port: 8081 });
    assert.equal(config.environments[0]?.kind, 'production');
  });

  it('refuses unknown members and names the source of a wrong one', () => {
    assert.throws(
      () => loadConfig({}, { ASSAY_ORIGIN: ORIGIN }, { lisden: 'x' }),
      refusedWith('server.config_invalid', /lisden/),
    );
    assert.throws(
      () => loadConfig({}, { ASSAY_ORIGIN: ORIGIN, ASSAY_LISTEN: 'nonsense' }, {}),
      refusedWith('server.config_invalid', /listen \(ASSAY_LISTEN\)/),
    );
    assert.throws(() => loadConfig({}, { ASSAY_WORKERS: '{' }, {}), refusedWith('server.config_invalid'));
  });

  it('never repeats a value, which may be a password', () => {
    const env = { ASSAY_ORIGIN: 'not a url with hunter2', DATABASE_URL: 'postgres://u:hunter2@h/d' };
    assert.throws(
      () => loadConfig({}, env, {}),
      (error) => error instanceof ConfigError && !JSON.stringify([error.message, error.detail]).includes('hunter2'),
    );
  });
});

describe('checkConfig', () => {
  const config = (members: Record<string, unknown>) => loadConfig(members, {}, { origin: ORIGIN });
  const development = [{ name: 'dev', kind: 'development' }];
  const rows: readonly [string, Record<string, unknown>, string | undefined][] = [
    ['the default', {}, undefined],
    ['clear text to the world', { listen: '0.0.0.0:80' }, 'server.clear_text_refused'],
    ['clear text behind a named proxy', { listen: '0.0.0.0:80', tlsTerminatedBy: 'nginx' }, undefined],
    ['TLS of its own', { listen: '0.0.0.0:443', tlsCert: 'c.pem', tlsKey: 'k.pem' }, undefined],
    ['a certificate without its key', { tlsCert: 'c.pem' }, 'server.tls_incomplete'],
    ['operators from the network', { adminListen: '10.0.0.1:8081' }, 'server.clear_text_refused'],
    ['a name that only looks like loopback', { listen: '127.0.0.1.example.com:80' }, 'server.clear_text_refused'],
    ['test roots in production', { testRoots: 'r.pem' }, 'server.test_roots_refused'],
    ['test roots in development', { testRoots: 'r.pem', environments: development }, undefined],
    [
      'test roots beside production',
      { testRoots: 'r.pem', environments: [...development, { name: 'prod', kind: 'production' }] },
      'server.test_roots_refused',
    ],
  ];
  for (const [name, members, code] of rows) {
    it(`${code === undefined ? 'serves' : 'refuses'} ${name}`, () => {
      if (code === undefined) checkConfig(config(members));
      else assert.throws(() => checkConfig(config(members)), refusedWith(code));
    });
  }
});
