/**
 * App Attest attestation, after Apple's "Validating apps that connect to your server" and the "Attestation Object
 * Validation Guide" with the additions of iOS 27, both as read on 2026-11-21.
 *
 * Left to the caller: the challenge is its own and single use; a key is registered once, to one subject. Left to the
 * policy: environment, launch category, versions. The receipt is handed out as it came: see `verifyAppAttestReceipt`.
 */
import { type AttestEnvironment, type CheckStep, type Facts, type LaunchCategory, proven } from '@assay/core';
import { type Certificate, spkiDigestOf } from '@assay/x509';
import { type Appraisal, appraise, type Conclusion } from '../../shared/appraisal.ts';
import { assertAppIds } from '../app-ids.ts';
import { APP_ATTEST, appFacts } from '../facts.ts';
import { assertAnchors } from '../trust.ts';
import { appId } from './checks/app-id.ts';
import { authenticatorData } from './checks/authenticator-data.ts';
import { certificatePath } from './checks/certificate-path.ts';
import { certificates } from './checks/certificates.ts';
import { counter } from './checks/counter.ts';
import { credentialId } from './checks/credential-id.ts';
import { environment } from './checks/environment.ts';
import { keyId } from './checks/key-id.ts';
import { launch } from './checks/launch.ts';
import { nonce } from './checks/nonce.ts';
import { object } from './checks/object.ts';
import { publicKey } from './checks/public-key.ts';
import { readOperatingSystem } from './os-version.ts';
import { type AttestationContext, type AttestationInput, type AttestationState, createState } from './state.ts';

/** Decoding first, then Apple's steps in Apple's order, then what Apple leaves out. */
export const ATTESTATION_CHECKS: readonly CheckStep<AttestationState>[] = [
  object,
  certificates,
  authenticatorData,
  certificatePath,
  nonce,
  keyId,
  appId,
  counter,
  environment,
  credentialId,
  publicKey,
  launch,
];

/** What is stored of a newly attested key. */
export interface AttestedKey {
  readonly keyId: Uint8Array;
  /** Uncompressed P-256 point, 65 bytes. */
  readonly publicKey: Uint8Array;
  readonly counter: 0;
  readonly appId: string;
  readonly environment: AttestEnvironment;
  readonly category: LaunchCategory | undefined;
  /** CFBundleVersion. */
  readonly bundleVersion: string | undefined;
  /** As sent, not verified; refreshing it needs the last one. */
  readonly receipt: Uint8Array;
  /** Leaf first, without the anchor. */
  readonly certificates: readonly { readonly serialHex: string; readonly spkiDigest: string }[];
  readonly leafDer: Uint8Array;
}

/**
 * Verifies an attestation object: a genuine Apple device keeps this key in its Secure Enclave for this app, and attested
 * it for this `clientDataHash`.
 *
 * @example
 * const trust = loadAppleTrust();
 * const result = verifyAppAttestAttestation({ attestationObject, keyId, clientDataHash, appIds }, { trust, at: clock.now() });
 * if (result.outcome === 'verified') save(result.proven.keyId, result.proven.publicKey, result.proven.counter);
 *
 * @throws ConfigError `apple.app_ids_empty`, `x509.anchors_empty`
 */
export function verifyAppAttestAttestation(
  input: AttestationInput,
  context: AttestationContext,
): Appraisal<AttestedKey> {
  assertAppIds(input.appIds);
  assertAnchors(context.trust.attestation);
  return appraise(ATTESTATION_CHECKS, createState(input, context), conclude);
}

function conclude(state: AttestationState): Conclusion<AttestedKey> {
  const { leaf, intermediate } = state.certificates.value;
  return {
    proven: {
      keyId: state.input.keyId,
      publicKey: state.point.value,
      counter: 0,
      appId: state.appId.value,
      environment: state.environment.value,
      ...state.launch.value,
      receipt: state.object.value.receipt,
      certificates: [leaf, intermediate].map(certificateNames),
      leafDer: leaf.der,
    },
    facts: attestationFacts(state),
  };
}

function certificateNames(certificate: Certificate): { serialHex: string; spkiDigest: string } {
  return { serialHex: certificate.serialHex, spkiDigest: spkiDigestOf(certificate) };
}

function attestationFacts(state: AttestationState): Facts {
  const facts = appFacts(state.appId.value, state.launch.value);
  const system = readOperatingSystem(state.certificates.value.leaf);
  return {
    ...facts,
    app: { ...facts.app, environment: proven(state.environment.value, APP_ATTEST) },
    key: {
      ...facts.key,
      attestedLevel: proven('secure_enclave', APP_ATTEST),
      origin: proven('generated', APP_ATTEST),
      algorithm: proven('ec-p256', APP_ATTEST),
    },
    device: {
      ...facts.device,
      osVersion: proven(system.version, APP_ATTEST),
      osBuild: proven(system.build, APP_ATTEST),
      osFamily: proven(system.family, APP_ATTEST),
    },
    chain: { ...facts.chain, anchor: proven(state.path.value.anchor.id, APP_ATTEST) },
  };
}
