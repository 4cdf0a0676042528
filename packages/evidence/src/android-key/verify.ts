/**
 * Android Key Attestation, after the documents named in `clauses.ts`.
 *
 * Left to the caller: the challenge is its own and single use; the request is signed by `proven.publicKey`. Left to the policy:
 * boot state, lock, security levels, origin, purposes, patch levels, how the key was provisioned.
 *
 * Left out, with reasons: chains with an ATTEST_KEY between attestation key and leaf (their issuer carries a KeyDescription,
 * which is what a forged chain looks like); tag order and duplicates of set members (genuine devices send them unsorted).
 */
import { hash } from 'node:crypto';
import type { CheckStep, Provisioning } from '@assay/core';
import { toBase64url } from '@assay/formats';
import type { EcJwk } from '@assay/formats/shape';
import { type Certificate, spkiDigestOf } from '@assay/x509';
import { type Appraisal, appraiseWhere, type Conclusion } from '../shared/appraisal.ts';
import { anchor } from './checks/anchor.ts';
import { appIdentity } from './checks/app-identity.ts';
import { certificates } from './checks/certificates.ts';
import { chainShape } from './checks/chain-shape.ts';
import { challenge } from './checks/challenge.ts';
import { keyDescription } from './checks/key-description.ts';
import { keyMatch } from './checks/key-match.ts';
import { path } from './checks/path.ts';
import { placement } from './checks/placement.ts';
import { revocation } from './checks/revocation.ts';
import { size } from './checks/size.ts';
import { assertApps } from './expected-apps.ts';
import { attestationFacts } from './facts.ts';
import {
  createState,
  type KeyAttestationContext,
  type KeyAttestationInput,
  type KeyAttestationState,
} from './state.ts';
import { assertAnchors } from './trust.ts';

/** Cheap before dear: form, then what binds the evidence to this request, then the public-key work, then the status list. */
export const KEY_ATTESTATION_CHECKS: readonly CheckStep<KeyAttestationState>[] = [
  size,
  certificates,
  placement,
  chainShape,
  keyDescription,
  challenge,
  appIdentity,
  keyMatch,
  anchor,
  path,
  revocation,
];

/** Checks that need what a caller may leave out. Without it they are reported as not run, and prove nothing. */
const WHEN_GIVEN: ReadonlyMap<string, (state: KeyAttestationState) => boolean> = new Map([
  [appIdentity.id, ({ input }) => input.apps !== undefined],
  [keyMatch.id, ({ input }) => input.expectedKey !== undefined],
  [revocation.id, ({ context }) => context.statusList !== undefined],
]);

/** What is kept of an attested key. */
export interface AttestedAndroidKey {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** For a P-256 key in its usual form, else undefined. */
  readonly publicJwk: EcJwk | undefined;
  /** SHA-256 of certificate 0: the anchor that secondary evidence is bound to. */
  readonly leafDigest: Uint8Array;
  readonly anchorId: string;
  readonly provisioning: Provisioning;
  /** As presented, leaf first, the root included when it was sent. */
  readonly certificates: readonly { readonly serialHex: string; readonly spkiDigest: string }[];
  readonly attestationVersion: number;
  readonly keyMintVersion: number;
  /** Epoch milliseconds by the device's clock, as the operating system or the hardware states it. */
  readonly createdAt: number | undefined;
}

/**
 * Verifies a key attestation chain: a device whose attestation key Google vouches for says that it keeps this key, for this
 * app, and made it for this challenge.
 *
 * @example
 * const trust = { anchors: loadGoogleHardwareAnchors() };
 * const result = verifyKeyAttestation({ chain, challenge, apps }, { trust, at: clock.now(), statusList });
 * if (result.outcome === 'verified') judge(result.facts);
 *
 * @throws ConfigError `android.apps_empty`, `android.signer_digest_malformed`, `x509.anchors_empty`
 */
export function verifyKeyAttestation(
  input: KeyAttestationInput,
  context: KeyAttestationContext,
): Appraisal<AttestedAndroidKey> {
  if (input.apps !== undefined) assertApps(input.apps);
  assertAnchors(context.trust.anchors);
  const state = createState(input, context);
  return appraiseWhere(KEY_ATTESTATION_CHECKS, ({ id }) => WHEN_GIVEN.get(id)?.(state) ?? true, state, conclude);
}

function conclude(state: KeyAttestationState): Conclusion<AttestedAndroidKey> {
  const [leaf] = state.shape.value.path;
  if (leaf === undefined) throw new Error('a shape without a leaf');
  const { attestationVersion, keyMintVersion, softwareEnforced, hardwareEnforced } = state.keyDescription.value;
  return {
    proven: {
      publicKey: leaf.spki,
      publicJwk: toP256Jwk(leaf),
      leafDigest: hash('sha256', leaf.der, 'buffer'),
      anchorId: state.anchor.value.id,
      provisioning: state.shape.value.provisioning,
      certificates: state.certificates.value.map(certificateNames),
      attestationVersion,
      keyMintVersion,
      createdAt: softwareEnforced.creationDateTime ?? hardwareEnforced.creationDateTime,
    },
    facts: attestationFacts(state),
  };
}

function certificateNames(certificate: Certificate): { serialHex: string; spkiDigest: string } {
  return { serialHex: certificate.serialHex, spkiDigest: spkiDigestOf(certificate) };
}

/** RFC 5480 2: a P-256 SubjectPublicKeyInfo with an uncompressed point has this length and ends with 0x04, x and y. */
const P256_SPKI_LENGTH = 91;

function toP256Jwk({ key, spki }: Certificate): EcJwk | undefined {
  const isP256 = key.kind === 'ec' && key.curve === 'P-256';
  if (!isP256 || spki.length !== P256_SPKI_LENGTH || spki.at(-65) !== 0x04) return undefined;
  return { kty: 'EC', crv: 'P-256', x: toBase64url(spki.subarray(-64, -32)), y: toBase64url(spki.subarray(-32)) };
}
