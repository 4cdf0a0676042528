import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Profile, RFC5280_SERVER, type ValidityRule } from '@assay/x509';
import { type Change, fault, validate, withIntermediate, withLeaf, withRoot } from '../support/chain.ts';
import { DAY, NOW, type Spec } from '../support/mint.ts';

const PLACES: Readonly<Record<keyof Profile['validity'], (spec: Spec) => Change>> = {
  leaf: withLeaf,
  issuers: withIntermediate,
  anchor: withRoot,
};

function profileWith(place: string, rule: ValidityRule): Profile {
  return { ...RFC5280_SERVER, validity: { ...RFC5280_SERVER.validity, [place]: rule } };
}

for (const [place, change] of Object.entries(PLACES)) {
  describe(`validity of the ${place}`, () => {
    const expired = change({ notBefore: NOW - DAY, notAfter: NOW - 1000 });
    const future = change({ notBefore: NOW + 1000, notAfter: NOW + DAY });

    it('is refused outside its dates', () => {
      assert.throws(() => validate(expired), fault('x509.expired'));
      assert.throws(() => validate(future), fault('x509.not_yet_valid'));
    });

    it('includes both ends', () => {
      assert.doesNotThrow(() => validate(change({ notBefore: NOW })));
      assert.doesNotThrow(() => validate(change({ notAfter: NOW })));
    });

    it('may leave the end out, or both', () => {
      const [half, none] = [profileWith(place, 'not_before_only'), profileWith(place, 'ignored')];
      assert.doesNotThrow(() => validate({ ...expired, profile: half }));
      assert.throws(() => validate({ ...future, profile: half }), fault('x509.not_yet_valid'));
      assert.doesNotThrow(() => validate({ ...expired, profile: none }));
      assert.doesNotThrow(() => validate({ ...future, profile: none }));
    });
  });
}

it('counts whole seconds', () => {
  const ends = withLeaf({ notAfter: NOW });
  assert.doesNotThrow(() => validate({ ...ends, at: NOW + 999 }));
  assert.throws(() => validate({ ...ends, at: NOW + 1000 }), fault('x509.expired'));
  const begins = withLeaf({ notBefore: NOW });
  assert.throws(() => validate({ ...begins, at: NOW - 1 }), fault('x509.not_yet_valid'));
});

it('a time that is no number is outside every period', () => {
  assert.throws(() => validate({ at: Number.NaN }), fault('x509.not_yet_valid'));
  assert.throws(() => validate({ at: Number.POSITIVE_INFINITY }), fault('x509.expired'));
});
