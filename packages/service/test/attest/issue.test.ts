import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { ApiDocument, AppDocument } from '@assay/service';
import { createTokenOpener, generateSigningKey, isSealed, MAX_TOKEN_CHARACTERS } from '@assay/tokens';
import { issueFor, type Said } from '../../src/attest/issue.ts';
import type { Scene } from '../../src/attest/situation.ts';
import { createTestWorld, ISSUER, payloadOf, withCode } from '../support/world.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
const encryptionKey = { kty: 'EC', crv: 'P-256', x, y } as const;

/** The longest names that documents, statements and policies may have. */
const audience = `https://api.example.com/${'a'.repeat(231)}`;
const app = AppDocument.parse({ id: 'a'.repeat(155), label: 'App', dev: true, audiences: [audience] });
const verdict: Said['verdict'] = {
  ...{ tier: 'affirming', assurance: 'substantial', policy: `${'p'.repeat(64)}@123456` },
  degraded: ['play_unavailable', 'device_check_unavailable', 'revocation_not_checked'],
  annotations: Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`note_${index}`, 'x'.repeat(128)])),
};
const said: Said = {
  ...{ type: 'oauth-client-attestation+jwt', key: generateSigningKey().key.publicJwk, platform: 'harmonyos' },
  ...{ keyProtection: 'app_asserted', appVersion: 'v'.repeat(64), attestedAt: 0, freshAt: 0 },
  ...{ lineage: 'A'.repeat(22), verdict },
};

const world = await createTestWorld();
const keys = await world.service.keys.of(ISSUER.iss);
const scene: Scene = {
  ...{ service: world.service, issuer: ISSUER, keys, app, caller: { address: undefined }, sdk: 'test' },
  at: world.hands.now,
};

describe('issueFor', () => {
  it('keeps to what verifiers take, whatever the names, and leaves out what does not fit', () => {
    const api = ApiDocument.parse({ audience, label: 'API', shape: 'attestation' });
    const token = issueFor(scene, api, said);
    assert.ok(token.length <= MAX_TOKEN_CHARACTERS);
    assert.equal(Object.keys(payloadOf<{ att: { ann: object } }>(token).att.ann).length, 7);
  });

  it('seals to the API’s key, in one length for the longest claims and the shortest', () => {
    const api = ApiDocument.parse({ audience, label: 'API', shape: 'attestation', encryptionKey });
    const nothing: Said = {
      ...said,
      verdict: { tier: 'contraindicated', assurance: 'none', policy: 'a@1' },
      appVersion: '1',
    };
    const tokens = [issueFor(scene, api, said), issueFor(scene, api, nothing)];
    assert.equal(new Set(tokens.map(({ length }) => length)).size, 1);
    for (const token of tokens) assert.ok(isSealed(token) && token.length <= MAX_TOKEN_CHARACTERS);
    const opened = createTokenOpener([privateKey])(tokens[0] ?? '');
    assert.equal(payloadOf<{ aud: string }>(opened).aud, audience);
  });

  it('has room for the longest of all names at once: else an error would tell who was let in', () => {
    const longest = { ...scene, issuer: { ...ISSUER, iss: ISSUER.iss.padEnd(150, 'x') } };
    for (const shape of ['at+jwt', 'attestation'] as const) {
      const api = ApiDocument.parse({ audience, label: 'API', shape, encryptionKey });
      const type = shape === 'at+jwt' ? shape : 'oauth-client-attestation+jwt';
      // A sign that JSON writes with two, and notes up to their last byte.
      const annotations = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, 'x'.repeat(120)]));
      const quoted = { ...said, type, appVersion: '"'.repeat(64), verdict: { ...verdict, annotations } } as const;
      const through = { ...quoted, verdict: { ...quoted.verdict, admitted: 'forced_pass' } } as const;
      const tokens = [issueFor(longest, api, quoted), issueFor(longest, api, through)];
      assert.equal(new Set(tokens.map(({ length }) => length)).size, 1);
    }
  });

  it('refuses a key that is no point: the operator’s to mend', () => {
    const api = ApiDocument.parse({ audience, label: 'API', encryptionKey: { ...encryptionKey, y: x } });
    assert.throws(() => issueFor(scene, api, { ...said, type: 'at+jwt' }), withCode('tokens.key_ring_invalid'));
  });
});
