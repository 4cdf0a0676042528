import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat, toBase64url, utf8 } from '@assay/formats';
import fc from 'fast-check';
import { sha256 } from '../../src/ec-keys.ts';
import { bindingPreimage, bindingText, roleBindingPreimage } from '../../src/wire/binding.ts';

const S = utf8('{"v":1,"purpose":"enrol","note":"binding vector 1"}');
const EMPTY = new Uint8Array(0);
const filled = (octet: number) => new Uint8Array(32).fill(octet);

describe('binding', () => {
  const answers = [
    ['apple-attest', filled(0x11), filled(0x22), 'UgMFVUPc3-hA0GjMD9SWZYlWupRaeAyYAPIqhVituSY'],
    ['android-key', EMPTY, EMPTY, 'om4FPL22tk8zR0xZZFVfkqstl3sWtS37g3ykcKpRc9Q'],
    ['play-standard', filled(0x11), filled(0x33), '_fpo-DkZXHpgaVGxFP3ZYS5Zb7A31bdITvCk0DxFYTA'],
  ] as const;

  for (const [role, jkt, anchor, expected] of answers) {
    it(`gives the known answer for ${role}`, () => {
      assert.equal(S.length, 51);
      assert.equal(toBase64url(sha256(bindingPreimage(role, jkt, anchor, S))), expected);
    });
    it(`leaves out what the row of ${role} does not bind`, () => {
      const bound = { jkt: filled(0x11), anchor: anchor.length === 0 ? filled(0x22) : anchor, statement: S };
      assert.equal(bindingText(role, sha256(roleBindingPreimage(role, bound))), expected);
    });
  }

  it('hands HarmonyOS standard base64 with padding', () => {
    assert.equal(bindingText('harmony-integrity', filled(0xff)).length, 44);
    assert.match(bindingText('harmony-integrity', filled(0xff)), /^\/+8=$/);
  });

  it('has one preimage for one tuple, wherever the field boundaries are shifted', () => {
    const bytes = fc.uint8Array({ maxLength: 6, max: 3 });
    const role = fc.string({ maxLength: 4 });
    const tuple = fc.tuple(role, bytes, bytes, bytes);
    const form = ([name, ...parts]: [string, ...Uint8Array[]]) =>
      JSON.stringify([name, parts.map((each) => [...each])]);
    fc.assert(
      fc.property(tuple, tuple, (a, b) => {
        const isSame = toBase64url(bindingPreimage(...a)) === toBase64url(bindingPreimage(...b));
        assert.equal(isSame, form(a) === form(b));
      }),
      { seed: 10, numRuns: 2000 },
    );
  });

  it('tells a field that moved into its neighbour', () => {
    const whole = Uint8Array.of(1, 2);
    const moved = bindingPreimage('r', whole, EMPTY, S);
    assert.notDeepEqual(moved, bindingPreimage('r', EMPTY, whole, S));
    assert.notDeepEqual(moved, bindingPreimage('r', EMPTY, EMPTY, concat(whole, S)));
  });
});
