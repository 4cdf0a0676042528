import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import { verifyWebEvidence } from '@assay/evidence';
import { utf8 } from '@assay/formats';
import { bindingText, parseRequest, roleBindingPreimage, sha256, thumbprintBytes } from '@assay/tokens';
import { createVirtualCaptcha, createVirtualPhone } from '@assay/virtual-devices';
import { APP, ISS, NOW, random, roots } from './support/server.ts';

const HOST = 'app.example.com';
const clock = () => NOW;

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
