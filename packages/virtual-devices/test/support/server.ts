/** A server's judgement in short: message, evidence, policy, in the order of the protocol. */
import { AssayError, EvidenceError, type Facts, type Fetch, isPassing } from '@assay/core';
import {
  type Appraisal,
  parseStatusList,
  verifyAppAttestAssertion,
  verifyAppAttestAttestation,
  verifyDevEvidence,
  verifyKeyAttestation,
  verifyPlayIntegrity,
  verifySysIntegrity,
} from '@assay/evidence';
import { parseBase64url, utf8 } from '@assay/formats';
import { signRoot } from '@assay/pins';
import { evaluatePolicy, type Policy, parsePolicy, STRICT_POLICY } from '@assay/policy';
import {
  bindingText,
  createChallenge,
  createChallengeKeys,
  createEcKeys,
  type EcJwk,
  type EvidencePiece,
  generateSigningKey,
  importEcKey,
  type ParsedRequest,
  parseRequest,
  REPLY_MEDIA_TYPE,
  type Role,
  roleBindingPreimage,
  type SigningKey,
  sha256,
  signReply,
  textHash,
  thumbprint,
  type VerifiedRequest,
  verifyRequest,
} from '@assay/tokens';
import { createSeededRandom, createTestRoots, type VirtualApp, type VirtualGrant } from '@assay/virtual-devices';
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
  huawei: roots.anchors.huawei.map(loadAnchor),
  statusList: parseStatusList(roots.statusList),
};

const grantKey = generateSigningKey().key;

/** The grant that simulators have. */
export const grant: VirtualGrant & { readonly jwk: EcJwk } = {
  id: 'grant-1',
  jwk: grantKey.publicJwk,
  sign: (input) => grantKey.sign(input),
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
    const verdict = evaluatePolicy(policyFor(facts), facts, { at: NOW });
    return { codes: isPassing(verdict) ? [] : verdict.reasons, facts };
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return { codes: [error.code] };
  }
}

/** What tokens say by themselves, and beside a key. */
const RULES = {
  'play-integrity': [
    '{ id: recognised, require: app.recognition == "recognized", otherwise: { tier: contraindicated, code: policy.app_unrecognized }, why: A test. }',
    `{ id: certified, require: '"device" in device.labels', otherwise: { tier: contraindicated, code: policy.integrity_insufficient }, why: A test. }`,
  ],
  'huawei-sysintegrity': [
    `{ id: sound, require: '"basic" in device.labels', otherwise: { tier: contraindicated, code: policy.integrity_insufficient }, why: A test. }`,
  ],
  other: [
    '{ id: any, require: size(evidence) > 0, otherwise: { tier: none, code: policy.app_unproven }, why: A test. }',
  ],
};

const policyOf = (name: string, rules: readonly string[]): Policy =>
  parsePolicy(
    `assay: policy/1\nname: ${name}\ndescription: A test.\nrules:\n${rules.map((rule) => `  - ${rule}\n`).join('')}` +
      'assurance:\n  - { level: low, when: size(evidence) > 0 }\n',
    { version: 1 },
  );

const POLICIES: ReadonlyMap<string | undefined, Policy> = new Map([
  ['apple-app-attest', STRICT_POLICY],
  ['android-key', STRICT_POLICY],
  ['play-integrity', policyOf('play', RULES['play-integrity'])],
  ['huawei-sysintegrity', policyOf('hms', RULES['huawei-sysintegrity'])],
  ['harmony-sysintegrity', policyOf('harmony', RULES['huawei-sysintegrity'])],
]);
const OTHER_POLICY = policyOf('other', RULES.other);

const policyFor = ({ evidence }: Facts): Policy => POLICIES.get(evidence[0]) ?? OTHER_POLICY;

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
  'play-standard': (request, piece) => play(request, piece),
  'play-classic': (request, piece) => play(request, piece),
  hms: (request, piece) => huawei(request, piece),
  'harmony-integrity': (request, piece) => huawei(request, piece),
  dev: (request, piece) => {
    const input = { token: tokenOf(piece), grant: { ...grant, expiresAt: NOW + 1 }, binding: binding(request, 'dev') };
    return holding(verifyDevEvidence(input, { at: NOW }));
  },
};

/** The facts of the first piece, with the labels of those beside it. */
function appraise(request: VerifiedRequest, stored: Map<string, StoredKey>): Facts | undefined {
  const [first, ...others] = request.evidence.map((piece) => APPRAISERS[piece.role]?.(request, piece, stored));
  const labels = others.find((facts) => facts !== undefined)?.device.labels;
  return first && labels ? { ...first, device: { ...first.device, labels } } : first;
}

/** Digest of the certificate of the key, when a chain is there. */
function leafDigest({ evidence }: VerifiedRequest): Uint8Array | undefined {
  const chain = evidence.find((piece) => piece.form === 'chain')?.chain;
  return chain?.[0] && sha256(chain[0]);
}

function holding<P>(appraisal: Appraisal<P>): Facts {
  if (appraisal.outcome === 'rejected') throw appraisal.error;
  return appraisal.facts;
}

const playKeys = roots.playKeys;
const androidApps = [{ package: APP.package, digests: [APP.signer] }];
const huaweiApps = [{ ...androidApps[0], package: APP.package, appId: '100200300' }];

function play(request: VerifiedRequest, piece: EvidencePiece): Facts {
  const role = piece.role === 'play-classic' ? 'play-classic' : 'play-standard';
  const bytes = bindingBytes(request, role, leafDigest(request));
  const bound = { standard: bindingText(role, bytes), classic: bytes };
  const binding =
    role === 'play-classic'
      ? ({ kind: 'classic', nonce: bound.classic } as const)
      : ({ kind: 'standard', requestHash: bound.standard } as const);
  return holding(
    verifyPlayIntegrity({ token: tokenOf(piece), binding, apps: androidApps }, { at: NOW, keys: playKeys }),
  );
}

function huawei(request: VerifiedRequest, piece: EvidencePiece): Facts {
  const flavour = piece.role === 'hms' ? 'hms' : 'harmony';
  const role = flavour === 'hms' ? 'hms' : 'harmony-integrity';
  const bytes = bindingBytes(request, role);
  const nonce = flavour === 'hms' ? utf8(bindingText(role, bytes)) : bytes;
  const input = { jws: tokenOf(piece), flavour, nonce, apps: huaweiApps } as const;
  return holding(verifySysIntegrity(input, { trust: { anchors: trust.huawei }, at: NOW }));
}

function binding(request: VerifiedRequest, role: Role, anchor?: Uint8Array): string {
  return bindingText(role, bindingBytes(request, role, anchor));
}

function bindingBytes({ jktBytes, bytes }: VerifiedRequest, role: Role, anchor?: Uint8Array): Uint8Array {
  const bound = { jkt: jktBytes, statement: bytes, ...(anchor === undefined ? {} : { anchor }) };
  return sha256(roleBindingPreimage(role, bound));
}

function tokenOf(piece: EvidencePiece): string {
  return piece.form === 'token' ? piece.token : '';
}

function objectOf(piece: EvidencePiece): Uint8Array {
  return piece.form === 'object' ? piece.object : new Uint8Array();
}
