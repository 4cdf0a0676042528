import {
  ABSENT,
  claimed,
  type Fact,
  type Facts,
  type KeyOrigin,
  noFacts,
  proven,
  type SecurityLevel,
} from '@assay/core';
import { toHex } from '@assay/formats';
import { keyAlgorithmName } from './key-algorithm.ts';
import type { AuthorizationList, KeyDescription } from './key-description/index.ts';
import { toOsVersion, toPatchDate } from './key-description/spelling.ts';
import { certificatesIssued } from './provisioning-info.ts';
import type { KeyAttestationState } from './state.ts';
import { HARDWARE_ANCHOR } from './trust.ts';

/** Name of the format in facts. */
export const KEY_ATTESTATION = 'android-key';

/** KeyOrigin by number. */
const ORIGINS: readonly KeyOrigin[] = ['generated', 'derived', 'imported', 'unknown', 'securely_imported'];

const NOTHING = noFacts();

/** Unlocked devices of 2018 send an empty boot key: no key, as if they had sent none. */
const NO_KEY = new Uint8Array();

/** Makes a fact of a value, as far as this evidence supports it. */
type AsFact = <T>(value: T | undefined) => Fact<T>;

const asProven: AsFact = (value) => proven(value, KEY_ATTESTATION);
const asClaimed: AsFact = (value) => claimed(value, KEY_ATTESTATION);

/**
 * What a verified attestation shows. Who says it decides how it is known:
 * - issued by the vendor (chain, certified key): proven under a hardware anchor;
 * - hardwareEnforced: proven if besides the attester itself is in hardware, else whatever some software said;
 * - softwareEnforced: the operating system's word. For the app's identity it is proof when that system is the verified one
 *   on a locked device; for everything else a claim.
 */
export function attestationFacts(state: KeyAttestationState): Facts {
  const description = state.keyDescription.value;
  const isHardware = isHardwareChain(state);
  const certified = isHardware ? asProven : asClaimed;
  const byHardware = isHardware && isHardwareLevel(description.attestationSecurityLevel) ? asProven : asClaimed;
  return {
    ...NOTHING,
    evidence: [KEY_ATTESTATION],
    platform: certified('android'),
    app: appFacts(state, byHardware),
    key: keyFacts(state, certified, byHardware),
    device: deviceFacts(description, byHardware),
    chain: chainFacts(state, certified),
  };
}

function isHardwareChain({ anchor, shape }: KeyAttestationState): boolean {
  return anchor.value.kind === HARDWARE_ANCHOR && shape.value.provisioning !== 'software';
}

function isHardwareLevel(level: SecurityLevel | undefined): boolean {
  return level === 'tee' || level === 'strongbox';
}

function appFacts({ keyDescription, matchedApp }: KeyAttestationState, byHardware: AsFact): Facts['app'] {
  const { softwareEnforced, hardwareEnforced } = keyDescription.value;
  const boot = hardwareEnforced.rootOfTrust;
  const byVerifiedSystem = boot?.verifiedBootState === 'verified' && boot.deviceLocked ? byHardware : asClaimed;
  const packages = softwareEnforced.applicationId?.packages ?? [];
  const app = matchedApp.value ?? (packages.length === 1 ? packages[0] : undefined);
  return {
    ...NOTHING.app,
    id: byVerifiedSystem(app?.name),
    signers: byVerifiedSystem(softwareEnforced.applicationId?.signers),
    build: byVerifiedSystem(app?.version),
  };
}

function keyFacts(
  { certificates, keyDescription }: KeyAttestationState,
  certified: AsFact,
  byHardware: AsFact,
): Facts['key'] {
  const { attestationSecurityLevel, keyMintSecurityLevel, hardwareEnforced, softwareEnforced } = keyDescription.value;
  const leaf = certificates.value[0];
  const inHardware = isHardwareLevel(attestationSecurityLevel) && isHardwareLevel(keyMintSecurityLevel);
  return {
    protection: inHardware ? byHardware('hardware') : asClaimed('software'),
    attestedLevel: byHardware(keyMintSecurityLevel),
    attesterLevel: certified(attestationSecurityLevel),
    origin: either(hardwareEnforced, softwareEnforced, byHardware, ({ origin }) => ORIGINS[origin ?? -1]),
    purposes: either(hardwareEnforced, softwareEnforced, byHardware, ({ purposes }) => purposes),
    algorithm: certified(leaf && keyAlgorithmName(leaf.key)),
  };
}

function deviceFacts({ hardwareEnforced, softwareEnforced }: KeyDescription, byHardware: AsFact): Facts['device'] {
  const read = <T>(member: (list: AuthorizationList) => T | undefined): Fact<T> =>
    either(hardwareEnforced, softwareEnforced, byHardware, member);
  return {
    ...NOTHING.device,
    bootState: read(({ rootOfTrust }) => rootOfTrust?.verifiedBootState),
    locked: read(({ rootOfTrust }) => rootOfTrust?.deviceLocked),
    bootKey: read(({ rootOfTrust }) => toHex(rootOfTrust?.verifiedBootKey ?? NO_KEY) || undefined),
    osVersion: read(({ osVersion }) => toOsVersion(osVersion)),
    osPatch: read(({ osPatchLevel }) => toPatchDate(osPatchLevel)?.slice(0, 'YYYY-MM'.length)),
    vendorPatch: read(({ vendorPatchLevel }) => toPatchDate(vendorPatchLevel)),
    bootPatch: read(({ bootPatchLevel }) => toPatchDate(bootPatchLevel)),
    brand: read(({ brand }) => brand),
    model: read(({ model }) => model),
  };
}

function chainFacts({ certificates, shape, anchor, context }: KeyAttestationState, certified: AsFact): Facts['chain'] {
  const { provisioning } = shape.value;
  const underHardware = anchor.value.kind === HARDWARE_ANCHOR ? asProven : asClaimed;
  return {
    anchor: underHardware(anchor.value.id),
    provisioning: underHardware(provisioning),
    certificatesIssued: provisioning === 'rkp' ? certified(certificatesIssued(certificates.value[1])) : ABSENT,
    revocation: asProven(context.statusList === undefined ? 'not_checked' : 'not_listed'),
  };
}

/** The hardware's statement where there is one, else the operating system's, as a claim. */
function either<T>(
  hardwareEnforced: AuthorizationList,
  softwareEnforced: AuthorizationList,
  byHardware: AsFact,
  member: (list: AuthorizationList) => T | undefined,
): Fact<T> {
  const fromHardware = member(hardwareEnforced);
  return fromHardware === undefined ? asClaimed(member(softwareEnforced)) : byHardware(fromHardware);
}
