import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadConfig } from '@assay/server';
import { checkConfig, isLoopback, refreshesTrust } from '../../src/config/rules.ts';

const check = (flags: object) => checkConfig(loadConfig({ origin: 'https://attest.example.com', ...flags }, {}, {}));
const TLS = { tlsCert: 'c', tlsKey: 'k' };
const DEVELOPMENT = { environments: [{ name: 'dev', kind: 'development' }] };

describe('configuration', () => {
  const good: readonly (readonly [string, object])[] = [
    ['the defaults', {}],
    ['TLS of its own beyond loopback', { listen: '0.0.0.0:443', ...TLS }],
    ['a proxy that terminates TLS', { listen: '0.0.0.0:8080', tlsTerminatedBy: 'caddy' }],
    ['a clear-text origin on this machine', { origin: 'http://127.0.0.1:8080' }],
    ['test roots in development', { testRoots: 'roots.pem', ...DEVELOPMENT }],
    [
      'a mirror of what vendors publish',
      { trustSources: [{ source: 'google-status', url: 'https://m.example.com/s' }] },
    ],
    ['a mirror on this machine', { trustSources: [{ source: 'google-roots', url: 'http://127.0.0.1:9/r' }] }],
    ['advisories out of a file', { advisories: '/etc/assay/advisories.jws', advisoriesKeys: ['a.pub'] }],
    ['advisories from an address', { advisories: 'https://example.com/a.jws', advisoriesKeys: ['a.pub', 'b.pub'] }],
  ];
  for (const [name, flags] of good) it(`may have ${name}`, () => check(flags));

  const refused: readonly (readonly [string, string, object])[] = [
    ['server.tls_incomplete', 'a certificate without a key', { tlsCert: 'c' }],
    ['server.tls_incomplete', 'a key without a certificate', { tlsKey: 'k' }],
    ['server.clear_text_refused', 'clear text beyond loopback', { listen: '0.0.0.0:8080' }],
    ['server.clear_text_refused', 'clear text on every IPv6 address', { listen: '[::]:8080' }],
    ['server.clear_text_refused', 'an operator listener beyond loopback', { adminListen: '0.0.0.0:8081' }],
    ['server.clear_text_refused', 'a clear-text origin beyond loopback', { origin: 'http://attest.example.com' }],
    [
      ...(['server.clear_text_refused', 'a mirror in clear text'] as const),
      { trustSources: [{ source: 'google-status', url: 'http://m.example.com/s' }] },
    ],
    [
      ...(['server.clear_text_refused', 'a mirror that is a file'] as const),
      { trustSources: [{ source: 'google-status', url: 'file:///etc/status' }] },
    ],
    [
      ...(['server.config_invalid', 'two mirrors of one source'] as const),
      {
        trustSources: [
          { source: 'google-status', url: 'https://a.example.com/' },
          { source: 'google-status', url: 'https://b.example.com/' },
        ],
      },
    ],
    [
      ...(['server.clear_text_refused', 'advisories in clear text'] as const),
      { advisories: 'http://example.com/a.jws', advisoriesKeys: ['a.pub'] },
    ],
    ['server.advisories_incomplete', 'advisories without a key', { advisories: 'a.jws' }],
    ['server.advisories_incomplete', 'a key without advisories', { advisoriesKeys: ['a.pub'] }],
    ['server.test_roots_refused', 'test roots in production: attack 24', { testRoots: 'roots.pem' }],
    [
      ...(['server.test_roots_refused', 'test roots beside staging: attack 24'] as const),
      {
        testRoots: 'r',
        environments: [
          { name: 'dev', kind: 'development' },
          { name: 'stage', kind: 'staging' },
        ],
      },
    ],
  ];
  for (const [code, name, flags] of refused) {
    it(`may not have ${name}`, () => {
      assert.throws(() => check(flags), { code });
    });
  }

  it('fetches trust data unless all is for development, or as it is told', () => {
    const fetches = (flags: object) =>
      refreshesTrust(loadConfig({ origin: 'https://attest.example.com', ...flags }, {}, {}));
    assert.equal(fetches({}), true);
    assert.equal(fetches(DEVELOPMENT), false);
    assert.equal(fetches({ testRoots: 'r' }), false);
    assert.equal(fetches({ trustRefresh: 'off' }), false);
    assert.equal(fetches({ trustRefresh: 'on', testRoots: 'r', ...DEVELOPMENT }), true);
  });

  it('knows loopback by address, not by the look of a name', () => {
    for (const host of ['127.0.0.1', '127.9.9.9', '::1', 'localhost']) assert.ok(isLoopback(host));
    for (const host of ['0.0.0.0', '::', '127.0.0.1.example.com', 'localhost.example.com', '10.0.0.1']) {
      assert.ok(!isLoopback(host), host);
    }
  });
});
