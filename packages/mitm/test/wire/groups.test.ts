import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { parseHex, toHex } from '@assay/formats';
import { GROUPS } from '../../src/wire/groups.ts';

const group = (id: number) => {
  const found = GROUPS.find((each) => each.id === id);
  assert.ok(found);
  return found;
};

test('X25519 agrees on the secret of RFC 8448 section 3', () => {
  const ofClient = parseHex('49af42ba7f7994852d713ef2784bcbcaa7911de26adc5642cb634540e7ea5005');
  const ofServer = parseHex('c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f');
  const share = group(0x001d).create(() => ofClient);
  assert.equal(toHex(share.publicKey), '99381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c');
  assert.equal(toHex(share.agree(ofServer)), '8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d');
});

for (const { id, create } of GROUPS) {
  test(`both sides agree over group ${id}`, () => {
    const [one, other] = [create(randomBytes), create(randomBytes)];
    assert.deepEqual(one.agree(other.publicKey), other.agree(one.publicKey));
  });

  test(`what is no public key of group ${id} is refused`, () => {
    const share = create(randomBytes);
    for (const bad of [new Uint8Array(), new Uint8Array(32), new Uint8Array(65), new Uint8Array(65).fill(4)]) {
      assert.throws(() => share.agree(bad), { code: 'mitm.wire_share_invalid' });
    }
  });
}

test('P-256 takes any chance that it is given', () => {
  const share = group(0x0017).create((length) => new Uint8Array(length).fill(0xff));
  assert.equal(share.publicKey.length, 65);
});
