import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseBase64url } from '@assay/formats';
import { makeChallenge } from '@assay/service';
import { type ChallengePurpose, verifyChallenge } from '@assay/tokens';
import { nextChallenge } from '../src/challenge.ts';
import { APP, createTestWorld, ISSUER, OTHER, withCode } from './support/world.ts';

const world = await createTestWorld();
const { service } = world;
const app = APP.package;
const jkt = 'A'.repeat(43);

async function verify(challenge: string, purpose: ChallengePurpose, iss = ISSUER.iss) {
  const keys = (await service.keys.of(iss)).challenge;
  const bounds = { iss, app, ...(purpose === 'attest' ? {} : { jkt: parseBase64url(jkt) }) };
  return verifyChallenge(challenge, purpose, bounds, { keys, at: service.clock() });
}

describe('challenge', () => {
  it('is for an enrolment, or for the refresh of one instance', async () => {
    const enrol = await makeChallenge(service, ISSUER, { app });
    assert.equal(enrol.expires_in, 300);
    await verify(enrol.attestation_challenge, 'attest');
    await assert.rejects(verify(enrol.attestation_challenge, 'refresh'), withCode('tokens.challenge_purpose'));
    const refresh = await makeChallenge(service, ISSUER, { app, jkt });
    assert.equal(refresh.expires_in, 300);
    await verify(refresh.attestation_challenge, 'refresh_asked');
    await assert.rejects(verify(refresh.attestation_challenge, 'refresh'), withCode('tokens.challenge_purpose'));
    await assert.rejects(verify(refresh.attestation_challenge, 'attest'), withCode('tokens.challenge_purpose'));
  });

  it('of one issuer is none at another', async () => {
    const { attestation_challenge } = await makeChallenge(service, ISSUER, { app });
    await assert.rejects(verify(attestation_challenge, 'attest', OTHER.iss), withCode('tokens.challenge_invalid'));
  });

  it('is not made for an app that nobody registered, nor for a thumbprint that is none', async () => {
    await assert.rejects(makeChallenge(service, ISSUER, { app: 'com.example.none' }), withCode('service.app_unknown'));
    await assert.rejects(makeChallenge(service, ISSUER, { app, jkt: `${'A'.repeat(42)}B` }), { name: 'FormatError' });
  });

  it('for the next refresh lives longer', async () => {
    const next = await nextChallenge(service, ISSUER, app, jkt);
    await verify(next.challenge, 'refresh');
    assert.deepEqual([next.expires_in, next.refresh_after], [900, 150]);
  });
});
