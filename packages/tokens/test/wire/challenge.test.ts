import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import fc from 'fast-check';
import { challengeHead, challengeMacInput, encodeChallenge, parseChallenge } from '../../src/wire/challenge.ts';
import { random, withCode } from '../kit.ts';

const fields = { kid: 200, purpose: 2, issuedAt: 0xfedcba98, random: random(16) };

describe('challenge form', () => {
  it('is 39 bytes in 52 characters and reads back', () => {
    const head = challengeHead(fields);
    const text = encodeChallenge(head, random(16));
    assert.equal(text.length, 52);
    const { head: readHead, mac, ...read } = parseChallenge(text);
    assert.deepEqual(read, fields);
    assert.deepEqual(readHead, head);
    assert.equal(mac.length, 16);
  });

  it('refuses other lengths, alphabets and versions', () => {
    const text = encodeChallenge(challengeHead(fields), random(16));
    for (const wrong of ['', text.slice(1), `${text}A`, `${text.slice(0, -1)}=`, `${text.slice(0, -1)} `]) {
      assert.throws(() => parseChallenge(wrong), withCode('tokens.challenge_malformed'));
    }
    assert.throws(() => parseChallenge(`Ag${text.slice(2)}`), withCode('tokens.version_unsupported'));
  });

  it('puts every bound under the MAC, unambiguously', () => {
    const head = challengeHead(fields);
    const bounds = { iss: 'ab', app: 'c', jkt: random(32) };
    const other = [
      { ...bounds, iss: 'a', app: 'bc' },
      { ...bounds, app: 'd' },
      { ...bounds, jkt: undefined },
    ];
    for (const each of other) assert.notDeepEqual(challengeMacInput(head, each), challengeMacInput(head, bounds));
  });

  it('answers any text with fields or a coded error', () => {
    const text = fc.string({ unit: fc.constantFrom(...'AQEBz_-=é'), minLength: 50, maxLength: 54 });
    fc.assert(
      fc.property(text, (input) => {
        try {
          parseChallenge(input);
        } catch (error) {
          if (!(error instanceof AssayError)) throw error;
        }
      }),
      { seed: 14 },
    );
  });
});
