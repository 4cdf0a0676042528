import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AttestationAdapter, type Instance, type PreparedRequest, prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import { utf8 } from '@assay/formats';
import {
  bindingText,
  type ParsedRequest,
  parseRequest,
  type Role,
  roleBindingPreimage,
  sha256,
  thumbprintBytes,
} from '@assay/tokens';
import { companion, createAndroid, createIos, createSoftware } from './support/platform.ts';
import { API, APP, ISS, random } from './support/server.ts';

const LEAF = utf8('the certificate of the key');
const NOTHING = new Uint8Array(0);

function prepare(adapter: AttestationAdapter, purpose: 'enrol' | 'refresh' | 'rekey', instance?: Instance) {
  const speaker = { iss: ISS, app: APP, version: '4.2.0', build: '1', os: adapter.os, audiences: [API], secrets: [] };
  const plan = { purpose, challenge: 'A'.repeat(52), instance };
  return prepareRequest(plan, { speaker, adapter, crypto: NODE_CRYPTO, random });
}

function parsed({ body }: PreparedRequest): ParsedRequest {
  return parseRequest(utf8(body));
}

/** What evidence of this role must commit to. */
function expected({ jwk, bytes }: ParsedRequest, role: Role, anchor: Uint8Array = NOTHING): string {
  return bindingText(role, sha256(roleBindingPreimage(role, { jkt: thumbprintBytes(jwk), anchor, statement: bytes })));
}

const tokensOf = ({ evidence }: ParsedRequest) =>
  evidence.flatMap((piece) => (piece.form === 'token' ? [[piece.role, piece.token]] : []));

function phoneWithPlay(comes: 'always' | 'new_key' = 'always') {
  const { adapter, platform } = createAndroid();
  const attested: AttestationAdapter = {
    ...adapter,
    companions: [companion('play-standard', comes)],
    attestNewKey: async (binding) => ({ ...(await adapter.attestNewKey(binding)), leaf: LEAF }),
  };
  return { adapter: attested, platform };
}

describe('a companion', () => {
  it('names the key and its certificate, and is declared in the statement', async () => {
    const { adapter } = phoneWithPlay();
    for (const purpose of ['enrol', 'rekey'] as const) {
      const first = parsed(await prepare(adapter, purpose, (await prepare(adapter, 'enrol')).instance));
      assert.deepEqual(first.statement.ev, ['android-key', 'play-standard']);
      assert.deepEqual(tokensOf(first), [['play-standard', expected(first, 'play-standard', sha256(LEAF))]]);
    }
  });

  it('names the key alone at a refresh, where no certificate is sent', async () => {
    const { adapter } = phoneWithPlay();
    const { instance } = await prepare(adapter, 'enrol');
    const refresh = parsed(await prepare(adapter, 'refresh', instance));
    assert.deepEqual(refresh.statement.ev, ['play-standard']);
    assert.deepEqual(tokensOf(refresh), [['play-standard', expected(refresh, 'play-standard')]]);
  });

  it('that comes with new keys alone stays away from a refresh', async () => {
    const { adapter } = phoneWithPlay('new_key');
    const { instance } = await prepare(adapter, 'enrol');
    const refresh = parsed(await prepare(adapter, 'refresh', instance));
    assert.deepEqual([refresh.statement.ev, refresh.evidence], [[], []]);
  });

  it('stands beside App Attest too, after which it is asked for nothing', async () => {
    const { adapter, platform } = createIos();
    const order: string[] = [];
    const noted: AttestationAdapter = {
      ...adapter,
      companions: [
        {
          ...companion('device-check'),
          collect: async (binding) => {
            order.push('device-check');
            return { role: 'device-check', data: binding };
          },
        },
      ],
      attest: async (anchor, binding) => {
        order.push('apple-attest');
        return adapter.attest(anchor, binding);
      },
    };
    const enrolment = await prepare(noted, 'enrol');
    const { statement, ...request } = parsed(enrolment);
    assert.deepEqual(statement.ev, ['apple-attest', 'device-check']);
    assert.deepEqual(tokensOf({ statement, ...request }), [
      ['device-check', expected({ statement, ...request }, 'device-check')],
    ]);
    assert.deepEqual(order, ['device-check', 'apple-attest'], 'a key is attested once, so last');
    assert.deepEqual(parsed(await prepare(noted, 'refresh', enrolment.instance)).statement.ev, [
      'apple-assert',
      'device-check',
    ]);
    assert.equal(platform.keys.size, 1);
  });

  it('that fails leaves no key behind and no statement to send', async () => {
    const { adapter, platform } = phoneWithPlay();
    const broken = { ...companion('play-standard'), collect: () => Promise.reject(new Error('NETWORK_ERROR')) };
    await assert.rejects(prepare({ ...adapter, companions: [broken] }, 'enrol'), /NETWORK_ERROR/);
    assert.equal(platform.keys.size, 0);
  });

  it('that names a certificate needs an adapter that tells it', async () => {
    const { adapter } = createAndroid();
    await assert.rejects(prepare({ ...adapter, companions: [companion('play-standard')] }, 'enrol'), TypeError);
  });
});

describe('a key in software', () => {
  it('is named by a token when it is new alone, where the platform says so', async () => {
    const { adapter, platform } = createSoftware('new_key');
    const { instance } = await prepare(adapter, 'enrol');
    const refresh = parsed(await prepare(adapter, 'refresh', instance));
    assert.deepEqual([refresh.statement.ev, refresh.evidence, platform.bindings.length], [[], [], 1]);
    assert.deepEqual(parsed(await prepare(adapter, 'rekey', instance)).statement.ev, ['web']);
  });

  it('is named by a fresh token in every statement', async () => {
    const { adapter, platform } = createSoftware();
    const enrolment = await prepare(adapter, 'enrol');
    for (const request of [enrolment, await prepare(adapter, 'refresh', enrolment.instance)]) {
      const said = parsed(request);
      assert.deepEqual(said.statement.ev, ['web']);
      assert.deepEqual(tokensOf(said), [['web', expected(said, 'web')]]);
    }
    assert.deepEqual([platform.keys.size, new Set(platform.bindings).size], [1, 2]);
  });

  it('is replaced with the word of the old one', async () => {
    const { adapter } = createSoftware();
    const { instance } = await prepare(adapter, 'enrol');
    const rekey = await prepare(adapter, 'rekey', instance);
    const { statement, cosign } = parsed(rekey);
    assert.equal(statement.old, instance.jkt);
    assert.ok(cosign !== undefined && rekey.instance.jkt !== instance.jkt);
  });

  it('is not kept when its token could not be had', async () => {
    const { adapter, platform } = createSoftware();
    await assert.rejects(prepare({ ...adapter, attest: () => Promise.reject(new Error('captcha')) }, 'enrol'));
    assert.equal(platform.keys.size, 0);
  });
});
