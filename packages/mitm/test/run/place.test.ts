import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CONTROL } from '@assay/mitm';
import { markerOf, placeOf } from '../../src/run/place.ts';

const ROUTE = { address: '127.0.0.1', port: 4711, marker: 'assay-0123456789abcdef/P1', secondHost: 'second.api.test' };

describe('places', () => {
  it('name no port where a proxy or a firewall leads to the harness', () => {
    for (const way of ['proxy', 'socks5', 'transparent'] as const) {
      const { url, secondUrl, plainUrl } = placeOf({ ...ROUTE, way, host: 'api.test' });
      assert.deepEqual(
        [url, secondUrl, plainUrl],
        [
          'https://api.test/assay-0123456789abcdef/P1',
          'https://second.api.test/assay-0123456789abcdef/P1',
          'http://api.test/assay-0123456789abcdef/P1',
        ],
      );
    }
  });

  it('name the port of the listener where the client comes directly', () => {
    const { url, plainUrl } = placeOf({ ...ROUTE, way: 'direct', host: '2001:db8::1' });
    assert.deepEqual([new URL(url).host, new URL(plainUrl).host], ['[2001:db8::1]:4711', '[2001:db8::1]:4711']);
  });

  it('mark the run and the case', () => {
    assert.equal(markerOf('0123456789abcdef', CONTROL), 'assay-0123456789abcdef/P1');
  });
});
