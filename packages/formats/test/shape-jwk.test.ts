import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ecJwk, ShapeError } from '@assay/formats/shape';

const key = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: `${'_'.repeat(42)}8` };

it('reads the four members of a public key on P-256', () => {
  assert.deepEqual(ecJwk(key, '$'), key);
});

const CHANGES: readonly Readonly<Record<string, unknown>>[] = [
  { kty: 'OKP' },
  { crv: 'P-384' },
  { x: undefined },
  { x: `${'A'.repeat(42)}B` },
  { x: 'A'.repeat(42) },
  { y: `${'A'.repeat(43)}=` },
  { d: 'A'.repeat(43) },
  { kid: 'a' },
];

it('refuses every other form', () => {
  for (const change of CHANGES) {
    assert.throws(() => ecJwk({ ...key, ...change }, '$'), ShapeError, JSON.stringify(change));
  }
});
