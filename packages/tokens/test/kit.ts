import { randomBytes } from 'node:crypto';
import type { AssayError, Purpose } from '@assay/core';
import { toBase64url, utf8 } from '@assay/formats';
import {
  CHALLENGES,
  type ChallengeKeys,
  createChallenge,
  createChallengeKeys,
  createCosign,
  createEcKeys,
  createRequestJws,
  generateSigningKey,
  PURPOSES,
  type RequestBody,
  type RequestContext,
  type Role,
  roleRow,
  type SigningKey,
  type Statement,
  sha256,
  thumbprint,
  thumbprintBytes,
  toPoint,
  type WireEvidence,
} from '../src/index.ts';

/** What tests need to play a phone and a server. */

export const ISS = 'https://attest.example.com/t/acme/e/prod';
export const APP = 'com.example.bank';
export const API = 'https://api.example.com';
export const NOW = 1_795_257_600_000;

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
export const challengeKeys: ChallengeKeys = createChallengeKeys(7, [{ kid: 7, secret: new Uint8Array(32).fill(1) }]);
/** One importer for all tests of a file. */
export const keys = createEcKeys();

/** A phone's keys: K signs, E is thrown away after each statement. */
export function createPhone(): { readonly K: SigningKey; readonly E: SigningKey } {
  return { K: generateSigningKey().key, E: generateSigningKey().key };
}

export const phone = createPhone();

/** Evidence as bytes on the wire, of no worth to a verifier of formats. */
function evidenceOf(role: Role): WireEvidence {
  const { form } = roleRow(role);
  if (form === 'chain') return { role, enc: 'expo-chain', data: ['AQID', 'BAUG'] };
  return form === 'object' ? { role, data: 'AQID' } : { role, data: 'token-of-the-vendor' };
}

export interface RequestOptions {
  readonly purpose?: Purpose;
  readonly iss?: string;
  readonly app?: string;
  readonly at?: number;
  /** Members of S to put in the place of the usual ones. */
  readonly change?: Readonly<Record<string, unknown>>;
  readonly K?: SigningKey;
}

/** A challenge as the server makes it for this phone. */
export function challengeFor({
  purpose = 'enrol',
  iss = ISS,
  app = APP,
  at = NOW,
  K = phone.K,
}: RequestOptions): string {
  const kind = PURPOSES[purpose].challenge;
  const jkt = CHALLENGES[kind].bindsKey ? { jkt: thumbprintBytes(K.publicJwk) } : {};
  return createChallenge(kind, { iss, app, ...jkt }, { keys: challengeKeys, at, random });
}

const EVIDENCE_OF: Readonly<Record<Purpose, readonly Role[]>> = {
  enrol: ['android-key', 'play-standard'],
  refresh: [],
  rekey: ['android-key'],
  step_up: ['play-standard'],
};

export function statementFor(options: RequestOptions = {}): Statement {
  const { purpose = 'enrol', iss = ISS, app = APP } = options;
  return {
    v: 1,
    purpose,
    aud: iss,
    app,
    challenge: challengeFor(options),
    rid: toBase64url(random(16)),
    enc: toBase64url(toPoint(phone.E.publicJwk)),
    ev: EVIDENCE_OF[purpose],
    ...(purpose === 'rekey' ? { old: thumbprint(phone.E.publicJwk) } : {}),
    want: { aud: [API], secrets: ['maps'], pins: { epoch: 2, v: 41 } },
    claims: {
      ver: '4.2.0',
      build: '4201',
      os: '17',
      sdk: 'assay-rn/1.0.0',
      bundled: { epoch: 2, v: 38 },
      signals: [{ p: 'freerasp', pv: '5.2.1', n: 'hooks', v: true }],
    },
    ...options.change,
  };
}

/** The body that a phone sends. */
export async function requestBody(options: RequestOptions = {}): Promise<RequestBody> {
  const statement = statementFor(options);
  const { K = phone.K } = options;
  const request = await createRequestJws(utf8(JSON.stringify(statement)), K.publicJwk, K.sign);
  const cosign = { cosign: await createCosign(sha256(request), phone.E.publicJwk, phone.E.sign) };
  return { request, ...(statement.purpose === 'rekey' ? cosign : {}), evidence: statement.ev.map(evidenceOf) };
}

export const toBytes = (value: unknown): Uint8Array => utf8(JSON.stringify(value));

export function contextFor(purposes: readonly Purpose[] = ['enrol', 'step_up']): RequestContext {
  return { iss: ISS, purposes, challengeKeys, keys, at: NOW };
}

/** For `assert.throws` and `assert.rejects`: an error of this code. */
export const withCode = (code: string) => (error: AssayError) => {
  if (error.code === code) return true;
  throw error;
};
