import { createHash } from 'node:crypto';
import { knownValue } from '@assay/core';
import { keyOfPoint, verifyAppAttestAssertion, verifyAppAttestAttestation } from '@assay/evidence';
import { parseBase64url, toBase64url } from '@assay/formats';
import { withAssertedKey } from '../../facts.ts';
import { fault } from '../../fault.ts';
import { registered } from './apps.ts';
import { appAttestKeyId, bindingOf } from './binding.ts';
import { type Bench, type Finding, holding, objectOf } from './finding.ts';

const clientDataHash = (bench: Bench): Uint8Array => createHash('sha256').update(bindingOf(bench).text).digest();

/** App Attest attestation of a new key A, bound to K. */
export function attestApple(bench: Bench): Finding {
  const { service, app, at } = bench.situation;
  const appraisal = verifyAppAttestAttestation(
    {
      attestationObject: objectOf(bench),
      keyId: appAttestKeyId(bench.situation),
      clientDataHash: clientDataHash(bench),
      appIds: registered(app, 'apple').appIds,
    },
    { trust: service.trust.apple, at, memory: service.memory },
  );
  const { proven, facts, checks } = holding(appraisal);
  return {
    ...{ facts: withAssertedKey(facts), checks },
    attested: {
      attestedKey: toBase64url(proven.keyId),
      attestedSpki: toBase64url(proven.publicKey),
      environment: proven.environment,
      anchor: knownValue(facts.chain.anchor) ?? null,
      certificates: proven.certificates,
      receipt: proven.receipt,
    },
  };
}

/** An assertion by the App Attest key stored with the instance, or with the one that a rekey replaces. */
export function assertApple(bench: Bench): Finding {
  const { app, instance, old, request } = bench.situation;
  const stored = instance ?? old;
  if (stored === undefined || request.statement.akid !== stored.attestedKey) {
    throw fault('service.evidence_not_accepted', { expected: 'the registered App Attest key' });
  }
  const appraisal = verifyAppAttestAssertion({
    assertionObject: objectOf(bench),
    clientDataHash: clientDataHash(bench),
    appIds: registered(app, 'apple').appIds,
    publicKey: keyOfPoint(parseBase64url(stored.attestedSpki)),
    storedCounter: stored.counter,
  });
  const { proven, facts, checks } = holding(appraisal);
  return { facts, checks, counter: proven.counter };
}
