import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AttestationAdapter, type Instance, prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import { utf8 } from '@assay/formats';
import { bindingText, parseRequest, roleBindingPreimage, sha256, textHash, thumbprintBytes } from '@assay/tokens';
import { createAndroid, createIos } from './support/platform.ts';
import { API, APP, ISS, random } from './support/server.ts';

const CHALLENGE = 'A'.repeat(52);
const speaker = (adapter: AttestationAdapter) => ({
  ...{ iss: ISS, app: APP, version: '4.2.0', build: '1', os: adapter.os, audiences: [API], secrets: [] },
});
const prepare = (adapter: AttestationAdapter, purpose: 'enrol' | 'refresh' | 'rekey', instance?: Instance) =>
  prepareRequest(
    { purpose, challenge: CHALLENGE, instance },
    { speaker: speaker(adapter), adapter, crypto: NODE_CRYPTO, random },
  );

describe('prepareRequest', () => {
  it('android: the binding holds the statement and no key, which is made by the call itself', async () => {
    const { adapter, platform } = createAndroid();
    const { body, rqh } = await prepare(adapter, 'enrol');
    const parsed = parseRequest(utf8(body));
    const preimage = roleBindingPreimage('android-key', { jkt: new Uint8Array(0), statement: parsed.bytes });
    assert.deepEqual(platform.bindings, [bindingText('android-key', sha256(preimage))]);
    assert.deepEqual([parsed.statement.ev, parsed.statement.akid], [['android-key'], undefined]);
    assert.equal(rqh, textHash(parsed.request));
  });

  it('ios: the binding holds statement, K and A', async () => {
    const { adapter, platform } = createIos();
    const { body } = await prepare(adapter, 'enrol');
    const { bytes, jwk, statement } = parseRequest(utf8(body));
    const anchor = Buffer.from(statement.akid ?? '', 'base64url');
    const bound = { jkt: thumbprintBytes(jwk), anchor, statement: bytes };
    const preimage = roleBindingPreimage('apple-attest', bound);
    assert.deepEqual(platform.bindings, [bindingText('apple-attest', sha256(preimage))]);
  });

  it('ios: a rekey is asserted by the A that is registered', async () => {
    const { adapter } = createIos();
    const { instance } = await prepare(adapter, 'enrol');
    const rekey = await prepare(adapter, 'rekey', instance);
    const { statement, cosign } = parseRequest(utf8(rekey.body));
    assert.deepEqual([statement.ev, statement.akid, cosign], [['apple-assert'], instance.anchor, undefined]);
    assert.equal(statement.old, instance.jkt);
  });

  it('android: a rekey bears the consent of the old key', async () => {
    const { adapter } = createAndroid();
    const { instance } = await prepare(adapter, 'enrol');
    const { cosign, statement } = parseRequest(utf8((await prepare(adapter, 'rekey', instance)).body));
    assert.ok(cosign !== undefined);
    assert.equal(statement.old, instance.jkt);
  });

  it('makes a new E, a new rid and a new signature each time', async () => {
    const { adapter } = createAndroid();
    const { instance } = await prepare(adapter, 'enrol');
    const bodies = [await prepare(adapter, 'refresh', instance), await prepare(adapter, 'refresh', instance)];
    const [one, two] = bodies.map(({ body }) => parseRequest(utf8(body)).statement);
    assert.notEqual(one?.enc, two?.enc);
    assert.notEqual(one?.rid, two?.rid);
  });

  it('leaves no key behind when the platform cannot attest', async () => {
    const { adapter, platform } = createIos();
    const broken = { ...adapter, createAnchor: () => Promise.reject(new Error('invalidKey')) };
    await assert.rejects(prepare(broken, 'enrol'));
    assert.equal(platform.keys.size, 0);
  });
});
