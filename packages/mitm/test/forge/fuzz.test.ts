import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import fc from 'fast-check';
import { MITM_REASONS } from '../../src/reasons.ts';
import {
  CERTIFICATES,
  type CertificateRecipe,
  type ChainRecipe,
  KEYS,
  type Recipe,
  type StapleRecipe,
} from '../../src/recipe.ts';
import { forge } from './support/client.ts';

const one = <const T>(...values: readonly T[]) => fc.constantFrom(...values);
const some = <T>(each: fc.Arbitrary<T>) => fc.array(each, { maxLength: 3 });

/** Keys that take long to make are made as the others are. */
const key = one(...KEYS.filter(({ kind }) => !['rsa-4096', 'rsa-exponent-3'].includes(kind)).map(({ name }) => name));
const odd = one('', '\0', '{', '{none}', '*', '☃.test', 'ü\0', '..', 'a'.repeat(300));
const template = fc.oneof(
  one('{host}', '*.{parent}', '{initial}*.{grandparent}', '{HOST}'),
  odd,
  fc.string({ unit: 'binary' }),
);
const span = fc.oneof(one('-1d', '+10y', '-30m', '+9999y', '-9999y', '', '1d', '+999999y'), fc.string());
const count = one(0, 1, 300, -1, 0.5, Number.NaN, 1e9);
const place = one(...CERTIFICATES);

const certificate: fc.Arbitrary<CertificateRecipe> = fc.record(
  {
    key,
    issuer: fc.oneof(place, one('self' as const)),
    commonName: template,
    names: some(template),
    addresses: some(one('192.0.2.1', '::1', '1:2::3', '', 'x')),
    furtherNames: count,
    notBefore: span,
    notAfter: span,
    serial: one('zero', 'negative', 'too-long'),
    version: one(1, 2, 3),
    basicConstraints: one('ca', 'not-ca', 'absent'),
    pathLength: count,
    keyUsage: fc.oneof(
      some(one('digitalSignature', 'keyCertSign', 'cRLSign', 'keyEncipherment')),
      one('absent' as const),
    ),
    extKeyUsage: fc.oneof(
      some(one('serverAuth', 'clientAuth', 'codeSigning', 'ocspSigning', 'any')),
      one('absent' as const),
    ),
    extKeyUsageCritical: fc.boolean(),
    permitted: some(template),
    excluded: some(template),
    furtherExcluded: count,
    unknownExtension: one('critical', 'plain'),
    mustStaple: fc.boolean(),
    poison: fc.boolean(),
    timestamps: fc.record(
      {
        by: one('embedded', 'handshake', 'none'),
        fault: one('none', 'signature', 'unknown-log', 'one-operator', 'too-few', 'future'),
      },
      { requiredKeys: ['by'] },
    ),
    hash: one('sha256', 'sha384', 'sha1', 'md5'),
    signature: one('broken'),
    encoding: one('indefinite-length', 'long-length', 'unsorted-set', 'trailing-octet'),
    spki: one('unknown-curve'),
  },
  { requiredKeys: [] },
);

/** A few members of each certificate: more, and nearly every recipe would have one that cannot be forged. */
const differing = fc.tuple(certificate, fc.array(fc.nat(), { minLength: 1, maxLength: 3 })).map(([whole, picks]) => {
  const members = Object.entries(whole);
  return Object.fromEntries(picks.flatMap((pick) => members.slice(pick % (members.length || 1)).slice(0, 1)));
});

const chain: fc.Arbitrary<ChainRecipe> = fc.record(
  {
    leaf: differing,
    intermediate: differing,
    upper: differing,
    root: differing,
    authority: one('lab', 'unknown', 'impostor'),
    depth: one(1, 2),
    send: fc.array(place, { maxLength: 5 }),
    strangers: one(0, 3, -1, Number.NaN),
  },
  { requiredKeys: [] },
);

const staple: fc.Arbitrary<StapleRecipe> = fc.record(
  {
    status: one('good', 'revoked', 'unknown', 'try-later', 'none'),
    fault: one('expired', 'signature', 'serial', 'foreign-responder', 'no-next-update'),
  },
  { requiredKeys: ['status'] },
);

const recipe: fc.Arbitrary<Recipe> = fc.record({ chain, staple }, { requiredKeys: [] });

describe('any recipe', () => {
  it('is forged, or refused with a code', async () => {
    const counts = { forged: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(recipe, async (each) => {
        try {
          const forged = await forge(each);
          assert.ok(forged.chain.every((der) => der[0] === 0x30));
          counts.forged += 1;
        } catch (error) {
          assert.ok(error instanceof AssayError && error.code in MITM_REASONS, String(error));
          counts.refused += 1;
        }
      }),
      { numRuns: 150, seed: 5 },
    );
    assert.ok(counts.forged > 15 && counts.refused > 15, JSON.stringify(counts));
  });
});
