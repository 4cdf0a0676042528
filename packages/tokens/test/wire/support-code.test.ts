import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createSupportCode, parseSupportCode } from '../../src/wire/support-code.ts';
import { random, withCode } from '../kit.ts';

const CODE = /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z*~$=U]$/;

describe('support codes', () => {
  it('have known forms', () => {
    assert.equal(createSupportCode(new Uint8Array(7)), '00000-00000-0');
    assert.equal(createSupportCode(new Uint8Array(7).fill(0xff)).slice(0, 11), 'ZZZZZ-ZZZZZ');
    assert.equal(parseSupportCode('7kq2m 9xr4t v'), '7KQ2M-9XR4T-V');
  });

  it('use exactly 50 of the bits', () => {
    const high = Uint8Array.of(0xfc, 0, 0, 0, 0, 0, 1);
    assert.equal(createSupportCode(high), createSupportCode(Uint8Array.of(0, 0, 0, 0, 0, 0, 1)));
    assert.notEqual(createSupportCode(Uint8Array.of(2, 0, 0, 0, 0, 0, 0)), createSupportCode(new Uint8Array(7)));
    assert.throws(() => createSupportCode(random(6)), TypeError);
  });

  it('read back as people type them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 7, maxLength: 7 }), (bytes) => {
        const code = createSupportCode(bytes);
        assert.match(code, CODE);
        assert.equal(parseSupportCode(code.toLowerCase().replaceAll('-', '')), code);
        assert.equal(
          parseSupportCode(code.slice(0, 11).replaceAll('0', 'o').replaceAll('1', 'l') + code.slice(11)),
          code,
        );
      }),
      { seed: 46 },
    );
  });

  it('find every single wrong character and every swap of neighbours', () => {
    const code = createSupportCode(random(7));
    const places = [0, 1, 2, 3, 4, 6, 7, 8, 9, 10];
    for (const at of places) {
      for (const character of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') {
        if (character === code[at]) continue;
        const wrong = code.slice(0, at) + character + code.slice(at + 1);
        assert.throws(() => parseSupportCode(wrong), withCode('tokens.support_code_invalid'));
      }
      const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2);
      if (code[at] === code[at + 1] || !places.includes(at + 1)) continue;
      assert.throws(() => parseSupportCode(swapped), withCode('tokens.support_code_invalid'));
    }
  });

  it('refuse anything else', () => {
    for (const typed of ['', '7KQ2M-9XR4T', '7KQ2M-9XR4T-VV', '7KQ2U-9XR4T-V', 'é'.repeat(11), '0'.repeat(10_000)]) {
      assert.throws(() => parseSupportCode(typed), withCode('tokens.support_code_invalid'));
    }
  });

  it('are not found by guessing', () => {
    const issued = new Set(Array.from({ length: 1000 }, () => createSupportCode(random(7))));
    assert.equal(issued.size, 1000);
    const hits = Array.from({ length: 20_000 }, () => createSupportCode(random(7))).filter((code) => issued.has(code));
    assert.equal(hits.length, 0);
  });
});
