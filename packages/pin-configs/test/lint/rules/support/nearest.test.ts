import assert from 'node:assert/strict';
import { it } from 'node:test';
import { nearest } from '../../../../src/lint/rules/support/nearest.ts';

const KNOWN = ['pin-set', 'pin', 'domain-config', 'trust-anchors', 'includeSubdomains'];

it('the name that was meant is one or two slips away, whatever its case and dashes', () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['pinset', 'pin-set'],
    ['pin_set', 'pin-set'],
    ['pins', 'pin'],
    ['pon', 'pin'],
    ['Domain-Config', 'domain-config'],
    ['trust-anchor', 'trust-anchors'],
    ['include-subdomain', 'includeSubdomains'],
    ['my-extension', undefined],
    ['url', undefined],
    ['', undefined],
  ];
  for (const [name, meant] of rows) assert.equal(nearest(name, KNOWN), meant, name);
});
