/** The shared App Attest vectors as runnable cases. */
import { createHash, createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseBase64, toHex } from '@assay/formats';
import { loadAnchor, type TrustAnchor } from '@assay/x509';
import {
  type AppleTrust,
  type Appraisal,
  loadAppleTrust,
  pointOfSpki,
  verifyAppAttestAssertion,
  verifyAppAttestAttestation,
  verifyAppAttestReceipt,
} from '../../src/index.ts';

export interface AttestationVector {
  readonly id: string;
  readonly attestationObject: string;
  readonly keyId: string;
  readonly appId: string;
  readonly clientDataHash?: string;
  readonly challenge?: { readonly utf8: string };
  readonly verifyAt: string;
  readonly environment?: string;
  readonly leafValidity?: readonly [string, string];
  readonly allowedEnvironments?: readonly string[];
  readonly launchPolicy?: { readonly categories: readonly number[]; readonly required?: boolean } | null;
  readonly expected: unknown;
}

export interface AssertionVector {
  readonly id: string;
  readonly assertionObject: string;
  readonly clientData: string;
  readonly publicKeyPem: string;
  readonly appId: string;
  readonly previousCounter: number;
  readonly expected: unknown;
}

export interface ReceiptVector {
  readonly id: string;
  readonly receipt: string;
  readonly appId: string;
  readonly publicKeyPem: string;
  readonly verifyAt: string;
  readonly expected: { readonly fields: Readonly<Record<string, string>> };
}

interface Derived {
  readonly vector: string;
  readonly override: Readonly<Record<string, unknown>>;
  readonly reason: string;
}

/** A case that must not be accepted: by a check, or by a policy over the facts where `policy` says so. */
export interface RefusedCase {
  readonly name: string;
  /** As the documentation spells it, for example `derived attestation: nonce`. */
  readonly label: string;
  readonly vector: AttestationVector | AssertionVector;
  readonly run: () => Appraisal<unknown>;
}

const trust: AppleTrust = loadAppleTrust();

export function readFolder<T>(dir: string, folder: string): readonly T[] {
  const path = join(dir, 'attestation', folder);
  return readdirSync(path)
    .sort()
    .map((file) => JSON.parse(readFileSync(join(path, file), 'utf8')));
}

export function attest(
  vector: AttestationVector,
  at: number = Date.parse(vector.verifyAt),
  anchors: readonly TrustAnchor[] = trust.attestation,
): ReturnType<typeof verifyAppAttestAttestation> {
  const input = {
    attestationObject: parseBase64(vector.attestationObject),
    keyId: parseBase64(vector.keyId),
    clientDataHash: clientDataHashOf(vector),
    appIds: [vector.appId],
  };
  return verifyAppAttestAttestation(input, { trust: { attestation: anchors }, at });
}

function clientDataHashOf(vector: AttestationVector): Uint8Array {
  if (vector.clientDataHash !== undefined) return parseBase64(vector.clientDataHash);
  return createHash('sha256')
    .update(vector.challenge?.utf8 ?? '')
    .digest();
}

export function assertVector(vector: AssertionVector): ReturnType<typeof verifyAppAttestAssertion> {
  return verifyAppAttestAssertion({
    assertionObject: parseBase64(vector.assertionObject),
    clientDataHash: createHash('sha256').update(parseBase64(vector.clientData)).digest(),
    appIds: [vector.appId],
    publicKey: createPublicKey(vector.publicKeyPem),
    storedCounter: vector.previousCounter,
  });
}

export function receive(
  vector: ReceiptVector,
  maxCreationAgeMs: number | 'any',
  at: number = Date.parse(vector.verifyAt),
): ReturnType<typeof verifyAppAttestReceipt> {
  const input = {
    receipt: parseBase64(vector.receipt),
    appIds: [vector.appId],
    publicKey: pointOfPem(vector.publicKeyPem),
    maxCreationAgeMs,
  };
  return verifyAppAttestReceipt(input, { trust, at });
}

/** Verifies the receipt that came with a genuine attestation, for the key that the attestation proves. */
export function receiveFrom(
  vector: AttestationVector,
  maxCreationAgeMs: number,
): ReturnType<typeof verifyAppAttestReceipt> {
  const attested = attest(vector);
  if (attested.outcome !== 'verified') throw new Error(`${vector.id} is not genuine`);
  const { receipt, publicKey } = attested.proven;
  const input = { receipt, appIds: [vector.appId], publicKey, maxCreationAgeMs };
  return verifyAppAttestReceipt(input, { trust, at: Date.parse(vector.verifyAt) });
}

export function pointOfPem(pem: string): Uint8Array {
  const point = pointOfSpki(createPublicKey(pem).export({ format: 'der', type: 'spki' }));
  if (point === undefined) throw new Error('a vector names a key that is not P-256');
  return point;
}

export function hex(bytes: Uint8Array): string {
  return toHex(bytes);
}

/** The one-input changes of genuine vectors. */
export function derivedCases(dir: string): readonly RefusedCase[] {
  const attestations = readFolder<AttestationVector>(dir, 'apple/attestations');
  const assertions = readFolder<AssertionVector>(dir, 'apple/assertions');
  const { apple } = JSON.parse(readFileSync(join(dir, 'attestation/derived-cases.json'), 'utf8')) as {
    apple: readonly Derived[];
  };
  return apple.map(({ vector: id, override, reason }) => {
    const name = `${id}#${Object.keys(override).join()}`;
    const attestation = attestations.find((vector) => vector.id === id);
    if (attestation !== undefined)
      return attestationCase(name, `derived attestation: ${reason}`, { ...attestation, ...override });
    const assertion = assertions.find((vector) => vector.id === id);
    if (assertion !== undefined)
      return assertionCase(name, `derived assertion: ${reason}`, { ...assertion, ...override });
    throw new Error(`derived case of an unknown vector ${id}`);
  });
}

function attestationCase(
  name: string,
  label: string,
  vector: AttestationVector,
  anchors?: readonly TrustAnchor[],
): RefusedCase {
  return { name, label, vector, run: () => attest(vector, Date.parse(vector.verifyAt), anchors) };
}

function assertionCase(name: string, label: string, vector: AssertionVector): RefusedCase {
  return { name, label, vector, run: () => assertVector(vector) };
}

/** The synthetic sets: every case, with the verdict in `vector.expected`. */
export function syntheticCases(dir: string): readonly RefusedCase[] {
  const read = (file: string) => JSON.parse(readFileSync(join(dir, 'attestation/apple/synthetic', file), 'utf8'));
  const { rootPem, cases: attestations } = read('attestation-cases.json') as {
    rootPem: string;
    cases: readonly AttestationVector[];
  };
  const { cases: assertions } = read('assertion-cases.json') as { cases: readonly AssertionVector[] };
  const anchors = [syntheticAnchor(rootPem)];
  return [
    ...attestations.map((vector) => attestationCase(vector.id, `synthetic attestation: ${vector.id}`, vector, anchors)),
    ...assertions.map((vector) => assertionCase(vector.id, `synthetic assertion: ${vector.id}`, vector)),
  ];
}

function syntheticAnchor(pem: string): TrustAnchor {
  const der = parseBase64(pem.replace(/-----[^-]+-----|\s/g, ''));
  const sha256 = createHash('sha256').update(der).digest('hex');
  const withLineEnd = pem.endsWith('\n') ? pem : `${pem}\n`;
  return loadAnchor({ id: 'synthetic', pem: withLineEnd, sha256, source: 'vectors', date: '2026-11-21' });
}
