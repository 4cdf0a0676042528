import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTENT } from '../../src/wire/codes.ts';
import { createProtection12, createProtection13, type Keys, type Protection } from '../../src/wire/protection.ts';
import { SUITES } from '../../src/wire/suites.ts';

const CONTENT_OF = (text: string) => ({ type: CONTENT.handshake, content: new Uint8Array(Buffer.from(text)) });

const PAIRS = SUITES.map((suite) => {
  const is13 = suite.signer === undefined;
  const ivLength = is13 ? 12 : 12 - suite.aead.explicitNonce;
  const keys: Keys = { aead: suite.aead, key: new Uint8Array(suite.aead.keyLength), iv: new Uint8Array(ivLength) };
  return { name: suite.name, create: (): Protection => (is13 ? createProtection13(keys) : createProtection12(keys)) };
});

for (const { name, create } of PAIRS) {
  test(`${name}: what is sealed opens again, in its order`, () => {
    const [sender, receiver] = [create(), create()];
    for (const text of ['one', '', 'three']) {
      const opened = receiver.open(sender.seal(CONTENT_OF(text)));
      assert.deepEqual([opened.type, String(Buffer.from(opened.content))], [CONTENT.handshake, text]);
    }
    const [first, second] = [sender.seal(CONTENT_OF('4')), sender.seal(CONTENT_OF('5'))];
    assert.throws(() => receiver.open(second), { code: 'mitm.wire_undecryptable' });
    assert.equal(receiver.open(first).content.length, 1);
  });

  test(`${name}: what was changed, or is too short, does not open`, () => {
    const sealed = create().seal(CONTENT_OF('text'));
    for (let at = 0; at < sealed.content.length; at += 1) {
      const content = sealed.content.with(at, (sealed.content[at] ?? 0) ^ 1);
      assert.throws(() => create().open({ ...sealed, content }), { code: 'mitm.wire_undecryptable' });
      const cut = { ...sealed, content: sealed.content.subarray(0, at) };
      assert.throws(() => create().open(cut), { code: 'mitm.wire_undecryptable' });
    }
  });
}

const TLS13 = PAIRS[0] as (typeof PAIRS)[number];

test('under TLS 1.3 an alert and a change_cipher_spec may come in clear, nothing else', () => {
  const alert = { type: CONTENT.alert, content: Uint8Array.of(2, 48) };
  assert.deepEqual(TLS13.create().open(alert), alert);
  const change = { type: CONTENT.changeCipherSpec, content: Uint8Array.of(1) };
  assert.deepEqual(TLS13.create().open(change), change);
  assert.throws(() => TLS13.create().open(CONTENT_OF('x')), { code: 'mitm.wire_unexpected' });
});

test('a record that is nothing but padding has no type', () => {
  const sealed = TLS13.create().seal({ type: 0, content: new Uint8Array(5) });
  assert.throws(() => TLS13.create().open(sealed), { code: 'mitm.wire_unexpected' });
});
