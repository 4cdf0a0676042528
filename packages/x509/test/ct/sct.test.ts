import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat } from '@assay/formats';
import { leafIndexOf, parseSct, parseSctList, type SctV1 } from '@assay/x509';
import { fault } from '../support/chain.ts';
import { mintLog, mintSct, sctList, x509Entry } from '../support/ct.ts';
import { NOW } from '../support/mint.ts';
import { assertHardened } from '../support/mutate.ts';

const log = mintLog();
const entry = x509Entry(Uint8Array.of(1, 2, 3));
const sct = mintSct(log, entry);

describe('parseSctList', () => {
  it('reads every timestamp', () => {
    const [first, second, ...others] = parseSctList(
      sctList(sct, mintSct(log, entry, { extensions: Uint8Array.of(9) })),
    );
    assert.ok(first?.kind === 'v1' && second?.kind === 'v1');
    assert.deepEqual([first.logId, first.timestamp, first.algorithm], [log.id, NOW - 1000, { hash: 4, signature: 3 }]);
    assert.deepEqual([...second.extensions], [9]);
    assert.equal(others.length, 0);
  });

  it('keeps timestamps of other versions beside those that it reads', () => {
    const kinds = parseSctList(sctList(Uint8Array.of(1, 2, 3), sct)).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['other', 'v1']);
  });

  for (const [what, list] of [
    ['no octets', new Uint8Array()],
    ['an empty list', Uint8Array.of(0, 0)],
    ['an empty timestamp', Uint8Array.of(0, 2, 0, 0)],
    ['octets behind the list', concat(sctList(sct), Uint8Array.of(1))],
    ['a list that is cut short', sctList(sct).subarray(0, -1)],
    ['more timestamps than anybody sends', sctList(...Array.from({ length: 33 }, () => Uint8Array.of(1)))],
  ] as const) {
    it(`refuses ${what}`, () => assert.throws(() => parseSctList(list), fault('ct.list_malformed')));
  }

  it('admits as many timestamps as the bound', () => {
    assert.equal(parseSctList(sctList(...Array.from({ length: 32 }, () => Uint8Array.of(1)))).length, 32);
  });

  it('refuses the list for one malformed timestamp', () => {
    const broken = concat(sct, Uint8Array.of(0));
    assert.throws(() => parseSctList(sctList(sct, broken)), fault('ct.sct_malformed'));
  });

  it('ends in a list or a coded error, whatever one changes', () => {
    assertHardened(sctList(sct, sct), parseSctList);
  });
});

describe('parseSct', () => {
  it('reads nothing of a version that it does not know', () => {
    assert.deepEqual(parseSct(Uint8Array.of(7, 1, 2)), { kind: 'other', version: 7 });
  });

  it('refuses what is short, and what is behind the signature', () => {
    for (const length of [0, 1, 32, 40, 42, 44, sct.length - 1]) {
      assert.throws(() => parseSct(sct.subarray(0, length)), fault('ct.sct_malformed'));
    }
    assert.throws(() => parseSct(concat(sct, Uint8Array.of(0))), fault('ct.sct_malformed'));
  });

  it('refuses a time that would lose bits', () => {
    const late = Uint8Array.from(sct);
    late.fill(0xff, 33, 41);
    assert.throws(() => parseSct(late), fault('ct.sct_malformed'));
  });
});

describe('leafIndexOf', () => {
  const withExtensions = (...octets: number[]): SctV1 => {
    const parsed = parseSct(mintSct(log, entry, { extensions: Uint8Array.from(octets) }));
    assert.ok(parsed.kind === 'v1');
    return parsed;
  };

  it('reads five octets, past extensions that it does not know', () => {
    assert.equal(leafIndexOf(withExtensions(0, 0, 5, 1, 0, 0, 0, 2)), 2 ** 32 + 2);
    assert.equal(leafIndexOf(withExtensions(9, 0, 1, 9, 0, 0, 5, 0, 0, 0, 0, 7)), 7);
  });

  it('ends in a value or a coded error, whatever one changes', () => {
    assertHardened(
      Uint8Array.of(9, 0, 1, 9, 0, 0, 5, 0, 0, 0, 0, 7),
      (bytes) => leafIndexOf(withExtensions(...bytes)),
      300,
    );
  });

  it('is undefined where the timestamp does not say', () => {
    assert.equal(leafIndexOf(withExtensions()), undefined);
    assert.equal(leafIndexOf(withExtensions(9, 0, 0)), undefined);
  });

  it('refuses other lengths, a second index, and a broken list', () => {
    for (const octets of [
      [0, 0, 4, 0, 0, 0, 1],
      [0, 0, 6, 0, 0, 0, 0, 0, 1],
      [0, 0, 5, 0, 0, 0, 0, 1, 0, 0, 5, 0, 0, 0, 0, 1],
      [0, 0, 5, 0],
    ]) {
      assert.throws(() => leafIndexOf(withExtensions(...octets)), fault('ct.sct_malformed'));
    }
  });
});
