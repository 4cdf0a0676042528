import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { networksOf, parseNetwork } from '../src/networks.ts';
import { random } from './support/world.ts';

describe('networks of an address', () => {
  const addresses: Readonly<Record<string, readonly string[]>> = {
    '192.0.2.7': ['192.0.0.0/16', '192.0.2.0/24', '192.0.2.7/32'],
    '::ffff:192.0.2.7': ['192.0.0.0/16', '192.0.2.0/24', '192.0.2.7/32'],
    '::FFFF:c000:0207': ['192.0.0.0/16', '192.0.2.0/24', '192.0.2.7/32'],
    '0:0:0:0:0:ffff:192.0.2.7': ['192.0.0.0/16', '192.0.2.0/24', '192.0.2.7/32'],
    '2001:db8:1:2::5': ['2001:db8::/32', '2001:db8:1::/48', '2001:db8:1:2::/64'],
    '2001:DB8:0001:0:0:0:0:5': ['2001:db8::/32', '2001:db8:1::/48', '2001:db8:1:0::/64'],
    '::1': ['0:0::/32', '0:0:0::/48', '0:0:0:0::/64'],
    'fe80::1%eth0': ['fe80:0::/32', 'fe80:0:0::/48', 'fe80:0:0:0::/64'],
  };
  for (const [address, networks] of Object.entries(addresses)) {
    it(`${address} is in ${networks.join(', ')}`, () => assert.deepEqual(networksOf(address), networks));
  }

  for (const address of ['', 'x', '192.0.2', '192.0.2.256', '1::2::3', '192.0.2.7/24', '[::1]', 'unknown']) {
    it(`${JSON.stringify(address)} is in none`, () => assert.deepEqual(networksOf(address), []));
  }
});

describe('a network that a person wrote', () => {
  const written: Readonly<Record<string, string>> = {
    '192.0.2.0/24': '192.0.2.0/24',
    '192.0.0.0/16': '192.0.0.0/16',
    '192.0.2.7/32': '192.0.2.7/32',
    '2001:DB8::/32': '2001:db8::/32',
    '2001:db8:0:0:0:0:0:0/48': '2001:db8:0::/48',
    '2001:db8:0:1::/64': '2001:db8:0:1::/64',
    '::ffff:192.0.2.0/24': '192.0.2.0/24',
  };
  for (const [text, name] of Object.entries(written)) {
    it(`${text} has one name`, () => assert.equal(parseNetwork(text), name));
  }

  const refused = ['0.0.0.0/0', '10.0.0.0/8', '192.0.2.7/24', '192.0.2.0/25', '192.0.2.0', '2001:db8::/16'];
  const hostile = [
    '2001:db8::1/64',
    '2001:db8::/128',
    '::/0',
    '/24',
    '1.2.3.4/99',
    '1.2.3.4/024x',
    `${'1'.repeat(90)}/24`,
  ];
  for (const text of [...refused, ...hostile]) {
    it(`${text.slice(0, 24)} is none`, () => assert.equal(parseNetwork(text), undefined));
  }

  it('is found again by each of its addresses, and by no other', () => {
    for (let round = 0; round < 2_000; round++) {
      const bytes = [...random(16)];
      const address =
        round % 2 === 0
          ? bytes.slice(0, 4).join('.')
          : Array.from({ length: 8 }, (_, at) =>
              ((bytes[at * 2] ?? 0) * 256 + (bytes[at * 2 + 1] ?? 0)).toString(16),
            ).join(':');
      for (const network of networksOf(address)) {
        const name = parseNetwork(network);
        assert.ok(name !== undefined && networksOf(address).includes(name), `${address} ${network}`);
      }
    }
  });
});
