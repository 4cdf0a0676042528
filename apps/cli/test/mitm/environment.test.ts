import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CONTROL, type LaunchOrder, type Place } from '@assay/mitm';
import { ENVIRONMENT, environmentOf } from '../../src/mitm/environment.ts';

const PLACE: Place = {
  ...{ way: 'proxy', address: '127.0.0.1', port: 4711, host: 'api.test', secondHost: 'second.api.test' },
  ...{ url: 'https://api.test/m', secondUrl: 'https://second.api.test/m', plainUrl: 'http://api.test/m' },
};
const order = (place: Partial<Place> = {}): LaunchOrder => ({
  ...{ case: CONTROL, place: { ...PLACE, ...place }, clockSeconds: 0, signal: new AbortController().signal },
});
const HANDED = { caFile: '/f/authority.pem', pins: ['one', 'two'] };
const told = (place: Partial<Place> = {}, base: Record<string, string> = {}) =>
  environmentOf(order(place), HANDED, base);

describe('the environment of a client under test', () => {
  it('is the list, laid over that of the caller', () => {
    const env = told(
      {},
      { PATH: '/bin', HTTPS_PROXY: 'http://corporate', no_proxy: '*', ASSAY_REPORT_URL: 'stale', ASSAY_REEXEC: '1' },
    );
    assert.deepEqual(
      [env['PATH'], env['HTTPS_PROXY'], env['https_proxy'], env['ALL_PROXY'], env['NO_PROXY'], env['no_proxy']],
      ['/bin', 'http://127.0.0.1:4711', 'http://127.0.0.1:4711', 'http://127.0.0.1:4711', '', ''],
    );
    assert.deepEqual(
      [env['ASSAY_URL'], env['ASSAY_CASE'], env['ASSAY_STEPS'], env['ASSAY_PIN'], env['ASSAY_PINS'], env['ASSAY_CA']],
      ['https://api.test/m', 'P1', 'request', 'one', 'one,two', '/f/authority.pem'],
    );
    assert.ok(!('ASSAY_REPORT_URL' in env), 'what has no value is not inherited');
    assert.ok(!('ASSAY_REEXEC' in env), 'nor who started us');
  });

  it('names the way in', () => {
    assert.equal(told({ way: 'socks5' })['HTTPS_PROXY'], 'socks5h://127.0.0.1:4711');
    assert.equal(told({ address: '::1' })['HTTPS_PROXY'], 'http://[::1]:4711');
    const direct = told({ way: 'direct' }, { HTTPS_PROXY: 'http://corporate' });
    assert.deepEqual([direct['ASSAY_RESOLVE'], 'HTTPS_PROXY' in direct], ['api.test:4711:127.0.0.1', false]);
    assert.equal(told({ way: 'transparent' })['ASSAY_RESOLVE'], undefined);
  });

  it('does not tell what is expected', () => {
    assert.ok(ENVIRONMENT.every(({ name }) => !/EXPECT|KEY_PEM/.test(name)));
    const { ASSAY_URL: _, ...rest } = told();
    assert.doesNotMatch(JSON.stringify(rest), /refuse|accept/);
  });
});
