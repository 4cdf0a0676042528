// `:exchangeAppAttestAttestation` of Google's App Check client: an App Attest key of this app, attested for a challenge of ours.
import { type Instance, type InstanceChange, knownValue } from '@assay/core';
import { verifyAppAttestAttestation } from '@assay/evidence';
import { toBase64url } from '@assay/formats';
import { fromPoint, sha256, thumbprint } from '@assay/tokens';
import type { Assessment } from '../../attest/assessment.ts';
import { newLineage } from '../../attest/lineage.ts';
import { holding } from '../../attest/pieces/finding.ts';
import { APPLE_FORMAT } from '../../attest/pieces/rows.ts';
import type { Message } from '../../attest/record.ts';
import { redemptionOf } from '../../attest/redemption.ts';
import { assertRegistrable } from '../../attest/registration.ts';
import { withoutMessage } from '../../facts.ts';
import { fault } from '../../fault.ts';
import { certificateMarks } from '../../keys/hmac.ts';
import { answering, registering } from './answering.ts';
import { appIdsOf } from './app-ids.ts';
import { readFacadeChallenge } from './challenge.ts';
import { conclude, type Exchange, type Exchanged } from './conclude.ts';
import type { FacadeScene } from './scene.ts';

export interface AttestationExchange {
  /** SHA-256 of the key's point. */
  readonly keyId: Uint8Array;
  readonly attestation: Uint8Array;
  readonly challenge: Uint8Array;
}

/**
 * Exchanges an attestation for a bearer token. A key that is registered here already is taken again: its client has lost the
 * first answer.
 *
 * @throws RequestError `tokens.challenge_*`, `service.challenge_used`; ConfigError; UpstreamError
 */
export function exchangeAttestation(exchange: Exchange, sent: AttestationExchange): Promise<Exchanged> {
  const { scene, watch } = exchange;
  const challenge = readFacadeChallenge(scene, sent.challenge);
  const requestHash = sha256(sent.attestation);
  return answering(scene, async () => {
    const attested = verifyAttestation(scene, sent);
    watch.end('evidence');
    const message: Message = {
      ...{
        purpose: 'enrol',
        jkt: attested.jkt,
        requestHash,
        challenge: challenge.text,
        challengeAgeMs: challenge.ageMs,
      },
      evidence: [{ role: 'apple-attest', form: 'object', object: sent.attestation }],
      ...{ pinset: null, bundledPinset: null },
    };
    const redemption = redemptionOf(challenge.text, challenge.expiresAt, requestHash);
    return registering(async () => conclude(exchange, message, await assessAttested(scene, attested), redemption));
  });
}

type AttestedKey = ReturnType<typeof verifyAttestation>;

/** The client hashes the bytes of the challenge and nothing else: no statement, so nothing is bound beside the key itself. */
function verifyAttestation(scene: FacadeScene, { keyId, attestation, challenge }: AttestationExchange) {
  const { service, at } = scene;
  const appraisal = verifyAppAttestAttestation(
    { attestationObject: attestation, keyId, clientDataHash: sha256(challenge), appIds: appIdsOf(scene) },
    { trust: service.trust.apple, at, memory: service.memory },
  );
  const { proven, facts, checks } = holding(appraisal);
  assertRegistrable(facts, scene.issuer.kind);
  return { proven, facts, checks, jkt: thumbprint(fromPoint(proven.publicKey)) };
}

async function assessAttested(scene: FacadeScene, attested: AttestedKey): Promise<Assessment> {
  const { service, issuer, keys, app, at } = scene;
  const { proven, facts, checks, jkt } = attested;
  const known = await service.store.instance(issuer.iss, jkt);
  if (known !== undefined && known.app !== app.id) throw fault('service.key_registered');
  const certificates = proven.certificates.map((certificate) => certificateMarks(keys.record, certificate));
  const instance =
    known ??
    newInstance(
      scene,
      attested,
      certificates.map(({ serial }) => serial),
    );
  const change: InstanceChange =
    known === undefined ? { kind: 'enrol', instance } : { kind: 'refresh', jkt, fat: at, facts: withoutMessage(facts) };
  return {
    ...{ format: APPLE_FORMAT, facts, checks, change, certificates, lineage: instance.lineage },
    ...{
      attestedKey: instance.attestedKey,
      vat: instance.vat,
      fat: at,
      anchor: knownValue(facts.chain.anchor) ?? null,
    },
    ...{ outages: [], silent: [] },
    receipt: proven.receipt,
  };
}

/** The App Attest key itself names the instance: this client has no other. */
function newInstance(
  scene: FacadeScene,
  { proven, facts, jkt }: AttestedKey,
  serialHmacs: readonly string[],
): Instance {
  const { issuer, app, at } = scene;
  return {
    ...{ iss: issuer.iss, jkt, app: app.id, format: APPLE_FORMAT, lineage: newLineage(scene, undefined) },
    attestedKey: toBase64url(proven.keyId),
    attestedSpki: toBase64url(proven.publicKey),
    ...{ status: 'active', counter: 0, environment: proven.environment, vat: at, fat: at, createdAt: at },
    ...{ serialHmacs, reporters: [], facts: withoutMessage(facts) },
  };
}
