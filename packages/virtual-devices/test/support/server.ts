/** A server's judgement in short: message, evidence, policy, in the order of the protocol. */
import { AssayError, EvidenceError, type Facts, type Fetch, isPassing } from '@assay/core';
import {
  parseStatusList,
  verifyAppAttestAssertion,
  verifyAppAttestAttestation,
  verifyKeyAttestation,
} from '@assay/evidence';
import { parseBase64url, utf8 } from '@assay/formats';
import { signRoot } from '@assay/pins';
import { evaluatePolicy, STRICT_POLICY } from '@assay/policy';
import {
  bindingText,
  createChallenge,
  createChallengeKeys,
  createEcKeys,
  type EvidencePiece,
  generateSigningKey,
  importEcKey,
  type ParsedRequest,
  parseRequest,
  REPLY_MEDIA_TYPE,
  roleBindingPreimage,
  type SigningKey,
  sha256,
  signReply,
  textHash,
  thumbprint,
  type VerifiedRequest,
  verifyRequest,
} from '@assay/tokens';
import { createSeededRandom, createTestRoots, type VirtualApp } from '@assay/virtual-devices';
import { loadAnchor } from '@assay/x509';

export const NOW: number = Date.UTC(2026, 10, 21, 12);
export const ISS = 'https://attest.example.com/t/acme/e/dev';
export const APP: VirtualApp = {
  appleId: 'TEST123456.com.example.bank',
  bundleVersion: '4201',
  package: 'com.example.bank',
  signer: 'ab'.repeat(32),
  versionCode: 4201,
};
export const random = createSeededRandom(utf8('virtual devices'));
export const roots = createTestRoots(random);

const challengeKeys = createChallengeKeys(1, [{ kid: 1, secret: random(32) }]);
const keys = createEcKeys();
const trust = {
  apple: { attestation: roots.anchors.apple.map(loadAnchor) },
  android: { anchors: roots.anchors.android.map(loadAnchor) },
  statusList: parseStatusList(roots.statusList),
};

/** What a server keeps of an App Attest key. */
interface StoredKey {
  readonly publicKey: Uint8Array;
  counter: number;
}

/** `accepted`, or the reason code that stopped the request. */
export interface Judgement {
  readonly codes: readonly string[];
  readonly facts?: Facts;
}

export interface TestServer {
  readonly fetch: Fetch;
  /** What came of each statement, in order. */
  readonly judgements: Judgement[];
  /** Loses every App Attest key, as a server with a new database has: phones of before are told to enrol again. */
  forget(): void;
}

/** What a server says of a key that it does not know. */
const UNKNOWN = 'service.instance_unknown';

const PURPOSES = ['enrol', 'refresh', 'rekey'] as const;

const rootKey = generateSigningKey().key;
const pinsKey = generateSigningKey().key;
const replyKey = generateSigningKey().key;

const roleOf = ({ kid, publicJwk }: SigningKey) => ({ keys: new Map([[kid, publicJwk]]), threshold: 1 });

/** The signed root document that an app of this server is built with. */
export const rootWire: string = await signRoot(
  {
    ...{ app: APP.package, env: 'dev', v: 1, epoch: 1, iat: NOW / 1000 - 60, exp: NOW / 1000 + 86_400 },
    roles: { root: roleOf(rootKey), pins: roleOf(pinsKey), reply: roleOf(replyKey) },
  },
  [{ kid: rootKey.kid, sign: (bytes) => rootKey.sign(bytes) }],
);

/** Answers challenges, judges statements, and signs what came of it. */
export function createTestServer(): TestServer {
  const judgements: Judgement[] = [];
  const stored = new Map<string, StoredKey>();
  return {
    judgements,
    forget: () => stored.clear(),
    fetch: async (request) => {
      if (request.url.endsWith('/v1/challenge')) return challenge(await request.text());
      const body = new Uint8Array(await request.arrayBuffer());
      const judgement = judge(body, stored);
      judgements.push(judgement);
      return reply(parseRequest(body), judgement);
    },
  };
}

function reply({ request, jwk }: ParsedRequest, { codes }: Judgement): Response {
  const head = { v: 1, iss: ISS, aud: thumbprint(jwk), rqh: textHash(request), iat: NOW / 1000 } as const;
  const common = { ...head, support: '7KQ2M-9XR4T-V' };
  const next = { challenge: newChallenge(head.aud), expires_in: 900, refresh_after: 150 };
  const action = codes.includes(UNKNOWN) ? 'reenroll' : 'stop';
  const text =
    codes.length === 0
      ? signReply({ ...common, next, result: 'ok', tokens: {} }, replyKey)
      : signReply({ ...common, result: 'refused', class: 'device', action, reasons: codes }, replyKey);
  const status = codes.length === 0 ? 200 : 403;
  return new Response(text, { status, headers: { 'content-type': REPLY_MEDIA_TYPE } });
}

function challenge(wish: string): Response {
  const { jkt }: { readonly jkt?: string } = JSON.parse(wish);
  return Response.json({ attestation_challenge: newChallenge(jkt), expires_in: 300 });
}

function newChallenge(jkt: string | undefined): string {
  const bounds = { iss: ISS, app: APP.package, ...(jkt === undefined ? {} : { jkt: parseBase64url(jkt) }) };
  const purpose = jkt === undefined ? 'attest' : 'refresh';
  return createChallenge(purpose, bounds, { keys: challengeKeys, at: NOW, random });
}

function judge(body: Uint8Array, stored: Map<string, StoredKey>): Judgement {
  try {
    const context = { iss: ISS, purposes: PURPOSES, challengeKeys, keys, at: NOW };
    const facts = appraise(verifyRequest(parseRequest(body), context), stored);
    if (facts === undefined) return { codes: [] };
    const verdict = evaluatePolicy(STRICT_POLICY, facts);
    return { codes: isPassing(verdict) ? [] : verdict.reasons, facts };
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return { codes: [error.code] };
  }
}

type Appraise = (request: VerifiedRequest, piece: EvidencePiece, stored: Map<string, StoredKey>) => Facts | undefined;

const APPRAISERS: Readonly<Record<string, Appraise>> = {
  'android-key': (request, piece) => {
    const appraisal = verifyKeyAttestation(
      {
        chain: piece.form === 'chain' ? piece.chain : [],
        challenge: utf8(binding(request, 'android-key')),
        apps: [{ package: APP.package, digests: [APP.signer] }],
        expectedKey: importEcKey(request.jwk).export({ format: 'der', type: 'spki' }),
      },
      { trust: trust.android, at: NOW, statusList: trust.statusList },
    );
    if (appraisal.outcome === 'rejected') throw appraisal.error;
    return appraisal.facts;
  },
  'apple-attest': (request, piece, stored) => {
    const keyId = parseBase64url(request.statement.akid ?? '');
    const appraisal = verifyAppAttestAttestation(
      {
        attestationObject: objectOf(piece),
        keyId,
        clientDataHash: sha256(binding(request, 'apple-attest', keyId)),
        appIds: [APP.appleId],
      },
      { trust: trust.apple, at: NOW },
    );
    if (appraisal.outcome === 'rejected') throw appraisal.error;
    stored.set(request.statement.akid ?? '', { publicKey: appraisal.proven.publicKey, counter: 0 });
    return appraisal.facts;
  },
  'apple-assert': (request, piece, stored) => {
    const key = stored.get(request.statement.akid ?? '');
    if (key === undefined) throw new EvidenceError(UNKNOWN, 'an assertion by a key that never enrolled');
    const appraisal = verifyAppAttestAssertion({
      assertionObject: objectOf(piece),
      clientDataHash: sha256(binding(request, 'apple-assert', parseBase64url(request.statement.akid ?? ''))),
      appIds: [APP.appleId],
      publicKey: key.publicKey,
      storedCounter: key.counter,
    });
    if (appraisal.outcome === 'rejected') throw appraisal.error;
    key.counter = appraisal.proven.counter;
    return undefined;
  },
};

function appraise(request: VerifiedRequest, stored: Map<string, StoredKey>): Facts | undefined {
  const [piece] = request.evidence;
  return piece && APPRAISERS[piece.role]?.(request, piece, stored);
}

function binding(
  { jktBytes, bytes }: VerifiedRequest,
  role: 'android-key' | 'apple-attest' | 'apple-assert',
  anchor?: Uint8Array,
): string {
  const bound = { jkt: jktBytes, statement: bytes, ...(anchor === undefined ? {} : { anchor }) };
  return bindingText(role, sha256(roleBindingPreimage(role, bound)));
}

function objectOf(piece: EvidencePiece): Uint8Array {
  return piece.form === 'object' ? piece.object : new Uint8Array();
}
