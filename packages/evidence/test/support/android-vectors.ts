import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parsePem } from '@assay/formats';
import { ANDROID_TOLERANCES, anchorOf, parseCertificate, type TrustAnchor } from '@assay/x509';
import {
  type AttestedAndroidKey,
  loadGoogleHardwareAnchors,
  parseStatusList,
  verifyKeyAttestation,
} from '../../src/android-key/index.ts';
import type { Appraisal } from '../../src/shared/appraisal.ts';
import { brokenRules } from './strict-rules.ts';

type KeyAppraisal = Appraisal<AttestedAndroidKey>;

/** A genuine chain with everything that the server knew, and what is stated in it. */
export interface GenuineVector {
  readonly id: string;
  readonly chainFile: string;
  readonly verifyAt: string;
  readonly provisioning: string;
  readonly provisioningInfo: Readonly<Record<string, unknown>> | null;
  readonly challenge: { readonly base64: string };
  readonly expectedApp: {
    readonly packages: readonly { readonly name: string }[];
    readonly signatureDigestsSha256Hex?: readonly string[];
  };
  readonly serialsHex: readonly string[];
  readonly statusList?: object;
  readonly trustAnchors?: readonly string[];
  readonly keyDescription: {
    readonly attestationVersion: number;
    readonly keymasterVersion: number;
    readonly hardwareEnforced: Readonly<Record<string, unknown>>;
  };
  readonly expected: {
    readonly chainSignatures: string;
    readonly trustedHardwareRoot: boolean;
    readonly strictPolicy: 'accept' | 'reject';
  };
}

interface SyntheticVector {
  readonly id: string;
  readonly chainFile: string;
  readonly challenge: string;
  readonly challengeOverride?: string;
  readonly expectedPackage: string;
  readonly expectedDigestSha256Hex: string;
  readonly verifyAt: string;
  readonly expected: 'accept' | 'reject' | 'accept-or-reject';
  readonly reason: string | null;
  readonly statusList?: object;
}

interface DerivedVector {
  readonly vector: string;
  readonly override: Partial<GenuineVector>;
  readonly expected: 'accept' | 'reject';
  readonly reason: string | null;
}

/** One case of a set, ready to run. */
export interface VectorCase {
  readonly name: string;
  /** How the documentation names it. */
  readonly label: string;
  readonly expected: 'accept' | 'reject' | 'accept-or-reject';
  /** The vectors' word for the cause. */
  readonly reason: string | null;
  readonly run: () => KeyAppraisal;
}

const HARDWARE = loadGoogleHardwareAnchors();

export function genuineVectors(dir: string): readonly GenuineVector[] {
  const folder = genuineFolder(dir);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.map((file) => readJson<GenuineVector>(join(folder, file)));
}

export function chainOf(dir: string, { chainFile }: GenuineVector): readonly Uint8Array[] {
  return readChain(join(genuineFolder(dir), chainFile));
}

export function appraiseGenuine(
  dir: string,
  vector: GenuineVector,
  at: number = Date.parse(vector.verifyAt),
  anchors: readonly TrustAnchor[] = HARDWARE,
): KeyAppraisal {
  return verifyKeyAttestation(
    {
      chain: chainOf(dir, vector),
      challenge: Buffer.from(vector.challenge.base64, 'base64'),
      apps: expectedApps(vector.expectedApp),
    },
    { trust: { anchors }, at, ...statusListOf(vector) },
  );
}

/** The chain's own root as an anchor, whoever it is. */
export function ownAnchor(dir: string, vector: GenuineVector): TrustAnchor {
  return anchorFrom(chainOf(dir, vector).at(-1), 'hardware');
}

/** Genuine chains that the strict policy takes or refuses. */
export function genuineCases(dir: string): readonly VectorCase[] {
  return genuineVectors(dir).map((vector) => ({
    name: vector.id,
    label: `genuine: ${vector.id}`,
    expected: vector.expected.strictPolicy,
    reason: null,
    run: () => appraiseGenuine(dir, vector),
  }));
}

/** Genuine chains with one input changed. */
export function derivedCases(dir: string): readonly VectorCase[] {
  const { android } = readJson<{ readonly android: readonly DerivedVector[] }>(
    join(dir, 'attestation/derived-cases.json'),
  );
  return android.map(({ vector: id, override, expected, reason }) => {
    const [[member, value] = []] = Object.entries(override);
    const vector = { ...readJson<GenuineVector>(join(genuineFolder(dir), `${id}.json`)), ...override };
    const anchors = vector.trustAnchors?.map((name) => anchorFrom(readChain(rootFile(dir, name))[0], 'software'));
    return {
      name: `${id}#${member}=${JSON.stringify(value)}`,
      label: `derived: ${reason ?? expected}`,
      expected,
      reason,
      run: () => appraiseGenuine(dir, vector, Date.parse(vector.verifyAt), anchors ?? HARDWARE),
    };
  });
}

/** Chains under a test root. */
export function syntheticCases(dir: string): readonly VectorCase[] {
  const folder = join(dir, 'attestation/android/synthetic');
  const { rootPem, cases } = readJson<{ readonly rootPem: string; readonly cases: readonly SyntheticVector[] }>(
    join(folder, 'cases.json'),
  );
  const anchor = anchorFrom(parsePem(rootPem, 'CERTIFICATE')[0], 'hardware');
  return cases.map((vector) => ({
    name: vector.id,
    label: `synthetic: ${vector.id}`,
    expected: vector.expected,
    reason: vector.reason,
    run: () => appraiseSynthetic(folder, vector, anchor),
  }));
}

function appraiseSynthetic(folder: string, vector: SyntheticVector, anchor: TrustAnchor): KeyAppraisal {
  return verifyKeyAttestation(
    {
      chain: readChain(join(folder, vector.chainFile)),
      challenge: Buffer.from(vector.challengeOverride ?? vector.challenge, 'base64'),
      apps: [{ package: vector.expectedPackage, digests: [vector.expectedDigestSha256Hex] }],
    },
    { trust: { anchors: [anchor] }, at: Date.parse(vector.verifyAt), ...statusListOf(vector) },
  );
}

/** The code that stopped the verifier, else the rules of the strict policy that the facts break. */
export function causesOf(appraisal: KeyAppraisal): readonly string[] {
  return appraisal.outcome === 'verified' ? brokenRules(appraisal.facts) : [appraisal.error.code];
}

function statusListOf({ statusList }: { readonly statusList?: object }) {
  return statusList && { statusList: parseStatusList(JSON.stringify(statusList)) };
}

/** An expected app without digests means that they are not compared. */
function expectedApps({ packages, signatureDigestsSha256Hex: digests = [] }: GenuineVector['expectedApp']) {
  return packages.map(({ name }) => ({ package: name, ...(digests.length > 0 && { digests }) }));
}

function anchorFrom(der: Uint8Array | undefined, kind: string): TrustAnchor {
  assert.ok(der);
  const certificate = parseCertificate(der, { tolerate: ANDROID_TOLERANCES });
  return anchorOf(certificate, { id: 'from-the-vector', source: 'vector', date: '2026-11-21', kind });
}

function genuineFolder(dir: string): string {
  return join(dir, 'attestation/android/key-attestation');
}

function rootFile(dir: string, name: string): string {
  return join(dir, 'attestation/roots', basename(name));
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function readChain(file: string): readonly Uint8Array[] {
  return parsePem(readFileSync(file, 'utf8'), 'CERTIFICATE');
}
