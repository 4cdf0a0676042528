import { createHash } from 'node:crypto';
import type { CheckResult, Facts } from '@assay/core';
import {
  type Appraisal,
  keyOfPoint,
  verifyAppAttestAssertion,
  verifyAppAttestAttestation,
  verifyKeyAttestation,
} from '@assay/evidence';
import { parseBase64url, toBase64url, utf8 } from '@assay/formats';
import { bindingText, type EvidencePiece, type Role, roleBindingPreimage, sha256, toSpki } from '@assay/tokens';
import { fault } from '../fault.ts';
import { Rejected } from './rejected.ts';
import type { Situation } from './situation.ts';

/** A platform key that was just attested, in the form that instances keep. */
export interface Attested {
  readonly format: string;
  readonly facts: Facts;
  readonly checks: readonly CheckResult[];
  /** base64url SHA-256 of the attested key, and its SubjectPublicKeyInfo or point. */
  readonly attestedKey: string;
  readonly attestedSpki: string;
  readonly environment: string | null;
  readonly anchor: string | null;
  readonly certificates: readonly { readonly serialHex: string; readonly spkiDigest: string }[];
}

/** An assertion by a stored key. */
export interface Asserted {
  readonly facts: Facts;
  readonly checks: readonly CheckResult[];
  readonly counter: number;
}

export const APPLE_FORMAT = 'apple-app-attest';
export const ANDROID_FORMAT = 'android-key-attestation';

/** The binding as its platform was given it: what the evidence must commit to. */
function bindingOf({ request }: Situation, role: Role, anchor?: Uint8Array): string {
  const { jktBytes, bytes } = request;
  const preimage = roleBindingPreimage(role, { jkt: jktBytes, statement: bytes, ...(anchor ? { anchor } : {}) });
  return bindingText(role, sha256(preimage));
}

/** App Attest attestation of a new key A, bound to K. */
export function attestApple(situation: Situation, piece: EvidencePiece): Attested {
  const { service, app, request, at } = situation;
  const keyId = parseBase64url(request.statement.akid ?? '');
  const appraisal = verifyAppAttestAttestation(
    {
      attestationObject: objectOf(piece),
      keyId,
      clientDataHash: hashOf(bindingOf(situation, 'apple-attest', keyId)),
      appIds: appleIds(app),
    },
    { trust: service.trust.apple, at, memory: service.memory },
  );
  const { proven, facts, checks } = holding(appraisal);
  return {
    ...{ format: APPLE_FORMAT, facts, checks, certificates: proven.certificates },
    attestedKey: toBase64url(proven.keyId),
    attestedSpki: toBase64url(proven.publicKey),
    environment: proven.environment,
    anchor: anchorOf(facts),
  };
}

/** Key Attestation of K itself. */
export function attestAndroid(situation: Situation, piece: EvidencePiece): Attested {
  const { service, app, request, at } = situation;
  const status = service.trust.statusList();
  const appraisal = verifyKeyAttestation(
    {
      chain: chainOf(piece),
      challenge: utf8(bindingOf(situation, 'android-key')),
      apps: androidApps(app),
      expectedKey: toSpki(request.jwk),
    },
    {
      trust: { anchors: service.trust.android },
      at,
      memory: service.memory,
      ...(status === undefined ? {} : { statusList: status.list }),
    },
  );
  const { proven, facts, checks } = holding(appraisal);
  return {
    ...{ format: ANDROID_FORMAT, facts, checks, certificates: proven.certificates },
    attestedKey: toBase64url(sha256(proven.publicKey)),
    attestedSpki: toBase64url(proven.publicKey),
    environment: null,
    anchor: proven.anchorId,
  };
}

/** An assertion by the App Attest key stored with an instance. */
export function assertApple(
  situation: Situation,
  piece: EvidencePiece,
  stored: { readonly attestedKey: string; readonly attestedSpki: string; readonly counter: number },
): Asserted {
  const { akid = '' } = situation.request.statement;
  if (akid !== stored.attestedKey)
    throw fault('service.evidence_not_accepted', { expected: 'the registered App Attest key' });
  const appraisal = verifyAppAttestAssertion({
    assertionObject: objectOf(piece),
    clientDataHash: hashOf(bindingOf(situation, 'apple-assert', parseBase64url(akid))),
    appIds: appleIds(situation.app),
    publicKey: keyOfPoint(parseBase64url(stored.attestedSpki)),
    storedCounter: stored.counter,
  });
  const { proven, facts, checks } = holding(appraisal);
  return { facts, checks, counter: proven.counter };
}

function holding<P>(appraisal: Appraisal<P>): Extract<Appraisal<P>, { outcome: 'verified' }> {
  if (appraisal.outcome === 'verified') return appraisal;
  throw new Rejected(appraisal.error, appraisal.checks);
}

const hashOf = (text: string): Uint8Array => createHash('sha256').update(text).digest();

const anchorOf = ({ chain }: Facts): string | null => (chain.anchor.known === 'absent' ? null : chain.anchor.value);

function objectOf(piece: EvidencePiece): Uint8Array {
  if (piece.form === 'object') return piece.object;
  throw fault('service.evidence_not_accepted', { expected: 'an object' });
}

function chainOf(piece: EvidencePiece): readonly Uint8Array[] {
  if (piece.form === 'chain') return piece.chain;
  throw fault('service.evidence_not_accepted', { expected: 'a chain' });
}

function appleIds({ apple }: Situation['app']): readonly string[] {
  if (apple === undefined) throw fault('service.platform_not_registered', { expected: 'apple' });
  return apple.appIds;
}

function androidApps({ android }: Situation['app']) {
  if (android === undefined) throw fault('service.platform_not_registered', { expected: 'android' });
  return android.packages.map(({ name, signers }) => ({ package: name, digests: signers.map(({ sha256 }) => sha256) }));
}
