import assert from 'node:assert/strict';
import { it } from 'node:test';
import { networkOf } from '../../src/admission/network.ts';

const rows: readonly [string, string][] = [
  ['192.0.2.77', '192.0.2.0/24'],
  ['::ffff:192.0.2.77', '192.0.2.0/24'],
  ['::ffff:c000:24d', '192.0.2.0/24'],
  ['0:0:0:0:0:ffff:192.0.2.77', '192.0.2.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  ['2001:0DB8:0001::', '2001:db8:1::/48'],
  ['::1', '0:0:0::/48'],
  ['fe80::1%eth0', 'fe80:0:0::/48'],
  ['', 'unknown'],
  ['not an address', 'unknown'],
  ['192.0.2.77.evil', 'unknown'],
];

it('counts by /24 and /48, and lumps together what it cannot read', () => {
  for (const [address, network] of rows) assert.equal(networkOf(address), network, address);
});
