import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import { verifyAppCheckToken, verifyWebEvidence } from '@assay/evidence';
import { utf8 } from '@assay/formats';
import { bindingText, parseRequest, roleBindingPreimage, sha256, thumbprintBytes } from '@assay/tokens';
import { createVirtualAppCheck, createVirtualCaptcha, createVirtualPhone } from '@assay/virtual-devices';
import { APP, ISS, NOW, random, roots } from './support/server.ts';

const HOST = 'app.example.com';
const clock = () => NOW;

describe('a test phone with App Check', () => {
  it('has a new token each time, which holds under the keys of its project', async () => {
    const appCheck = createVirtualAppCheck({
      project: '123456789012',
      appId: '1:123456789012:android:00',
      random,
      clock,
    });
    const phone = createVirtualPhone({ platform: 'app-check', appCheck, roots, app: APP, random, clock });
    assert.ok(phone.order === 'software_key');
    const tokens = [await phone.attest('binding'), await phone.attest('binding')].map(({ data }) => String(data));
    assert.equal(new Set(tokens).size, 2);
    const { project, appId, keys } = appCheck;
    for (const token of tokens) {
      const appraisal = verifyAppCheckToken({ token, project, apps: [appId] }, { keys, at: NOW });
      assert.equal(appraisal.outcome, 'verified', JSON.stringify(appraisal.checks));
    }
  });
});

describe('a test page', () => {
  it('has a captcha solved for its statement, which counts once', async () => {
    const captcha = createVirtualCaptcha({ host: HOST, random, clock });
    const page = createVirtualPhone({ platform: 'web', captcha, roots, app: APP, random, clock });
    const speaker = { iss: ISS, app: APP.package, version: '1', build: '1', os: page.os, audiences: [], secrets: [] };
    const plan = { purpose: 'enrol', challenge: 'A'.repeat(52) } as const;
    const { body } = await prepareRequest(plan, { speaker, adapter: page, crypto: NODE_CRYPTO, random });
    const { evidence, jwk, bytes } = parseRequest(utf8(body));
    const [piece] = evidence;
    assert.ok(piece?.form === 'token' && piece.role === 'web');
    const bound = { jkt: thumbprintBytes(jwk), statement: bytes };
    const binding = bindingText('web', sha256(roleBindingPreimage('web', bound)));
    const judge = async () =>
      verifyWebEvidence(
        { provider: captcha.provider, answer: await captcha.verify(piece.token), binding, hosts: [HOST] },
        { at: NOW },
      );
    assert.equal((await judge()).outcome, 'verified');
    assert.equal((await judge()).outcome, 'rejected', 'a provider answers once');
  });
});
