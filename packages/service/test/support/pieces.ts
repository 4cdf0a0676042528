/** Requests with several pieces of evidence, made by hand: what a device with more than one kind of proof sends. */
import { createCipheriv, createHash } from 'node:crypto';
import type { Purpose as ClientPurpose, InstanceKey, PreparedRequest } from '@assay/client';
import type { DevGrant, Purpose } from '@assay/core';
import { parseBase64, parseBase64url, toBase64url, utf8 } from '@assay/formats';
import { makeChallenge, type Vendors } from '@assay/service';
import {
  bindingText,
  createCosign,
  createRequestJws,
  generateSigningKey,
  joinJws,
  PURPOSES,
  type Role,
  roleBindingPreimage,
  type SigningKey,
  sha256,
  thumbprint,
  toPoint,
  toSigningInput,
  toSpki,
} from '@assay/tokens';
import { API, APP, ISSUER, random, type TestPhone, type TestWorld } from './world.ts';

/** Makes one piece for its binding. */
export interface Maker {
  readonly role: Role;
  readonly make: (binding: string) => string;
}

/** A key in software. */
export function softwareKey(): InstanceKey {
  const { key } = generateSigningKey();
  return { id: key.kid, jwk: key.publicJwk, sign: (input) => key.sign(input) };
}

interface Wish {
  readonly purpose: Purpose;
  readonly pieces: readonly Maker[];
  /** Attests the new key of an `android-key` enrolment, as the first piece. */
  readonly phone?: TestPhone;
  /** The key that asks, else the phone's or a new one. */
  readonly key?: InstanceKey;
  /** The key that a rekey replaces. */
  readonly old?: InstanceKey;
  readonly signals?: readonly object[];
}

/** A request of this purpose with these pieces, signed and bound as a client does it. */
export async function prepareWith(world: TestWorld, wish: Wish): Promise<PreparedRequest> {
  const { purpose, pieces, phone, old } = wish;
  const own = wish.key ?? (purpose === 'refresh' || purpose === 'step_up' ? phone?.instance?.key : undefined);
  const attesting = purpose === 'enrol' || purpose === 'rekey' ? phone?.phone : undefined;
  const roles: readonly Role[] = [
    ...(attesting === undefined ? [] : ['android-key' as const]),
    ...pieces.map(({ role }) => role),
  ];
  const statement = await stated(world, wish, own, roles);
  const { key, leaf, evidence } =
    attesting?.order === 'statement_first'
      ? await attestedKey(attesting, statement)
      : { key: own ?? softwareKey(), leaf: new Uint8Array(0), evidence: [] };
  const jkt = parseBase64url(thumbprint(key.jwk));
  const more = pieces.map(({ role, make }) => {
    const binding = sha256(roleBindingPreimage(role, { jkt, anchor: leaf, statement }));
    return { role, data: make(bindingText(role, binding)) };
  });
  const request = await createRequestJws(statement, key.jwk, key.sign);
  const cosign = old === undefined ? {} : { cosign: await createCosign(sha256(request), old.jwk, old.sign) };
  return {
    ...{ purpose: purpose as ClientPurpose, path: PURPOSES[purpose].path, rqh: toBase64url(sha256(request)) }, // nothing reads it here
    body: JSON.stringify({ request, ...cosign, evidence: [...evidence, ...more] }),
    instance: { key, jkt: thumbprint(key.jwk) },
    encryption: { jwk: key.jwk, jkt: '', open: () => Promise.reject(new Error('no boxes here')) },
  };
}

async function stated(
  { service }: TestWorld,
  { purpose, signals, old }: Wish,
  key: InstanceKey | undefined,
  ev: readonly Role[],
): Promise<Uint8Array> {
  const jkt = purpose === 'refresh' && key !== undefined ? thumbprint(key.jwk) : undefined;
  const { attestation_challenge: challenge } = await makeChallenge(service, ISSUER, { app: APP.package, jkt });
  const claims = {
    ver: '4.2.0',
    build: '4201',
    os: '14',
    sdk: 'test/1',
    ...(signals === undefined ? {} : { signals }),
  };
  return utf8(
    JSON.stringify({
      ...{ v: 1, purpose, aud: ISSUER.iss, app: APP.package, challenge, rid: toBase64url(random(16)) },
      ...{ enc: toBase64url(toPoint(softwareKey().jwk)), ev, want: { aud: [API] }, claims },
      ...(old === undefined ? {} : { old: thumbprint(old.jwk) }),
    }),
  );
}

async function attestedKey(phone: Extract<TestPhone['phone'], { order: 'statement_first' }>, statement: Uint8Array) {
  const binding = sha256(roleBindingPreimage('android-key', { jkt: new Uint8Array(0), statement }));
  const { key, evidence } = await phone.attestNewKey(bindingText('android-key', binding));
  const [leaf = ''] = Array.isArray(evidence.data) ? evidence.data : [];
  return { key, evidence: [evidence], leaf: createHash('sha256').update(parseBase64(leaf)).digest() };
}

const DECRYPTION_KEY = random(32);
const VERIFICATION_KEY = generateSigningKey().key;

/** Keys of the app's package, as the Play Console hands them out. */
export const PLAY_KEYS: Vendors['playKeys'] = (name) =>
  name === APP.package
    ? { decryptionKey: DECRYPTION_KEY, verificationKey: toSpki(VERIFICATION_KEY.publicJwk) }
    : undefined;

/** What differs from a good verdict of Play's about a certified phone. */
export interface PlayTraits {
  readonly sdkVersion?: number;
  readonly labels?: readonly string[];
  readonly package?: string;
  readonly versionCode?: number;
}

export function playPayload(world: TestWorld, requestHash: string, traits: PlayTraits = {}): object {
  const { sdkVersion = 34, labels = ['MEETS_BASIC_INTEGRITY', 'MEETS_DEVICE_INTEGRITY'] } = traits;
  const { package: name = APP.package, versionCode = APP.versionCode } = traits;
  return {
    requestDetails: { requestPackageName: name, requestHash, timestampMillis: String(world.hands.now) },
    appIntegrity: {
      ...{ appRecognitionVerdict: 'PLAY_RECOGNIZED', packageName: name, versionCode: String(versionCode) },
      certificateSha256Digest: [toBase64url(Buffer.from(APP.signer, 'hex'))],
    },
    deviceIntegrity: { deviceRecognitionVerdict: labels, deviceAttributes: { sdkVersion } },
    accountDetails: { appLicensingVerdict: 'LICENSED' },
  };
}

/** A standard Play Integrity token that opens by {@link PLAY_KEYS}. */
export const play = (world: TestWorld, traits: PlayTraits = {}): Maker => ({
  role: 'play-standard',
  make: (binding) => encrypted(signedVerdict(playPayload(world, binding, traits))),
});

function signedVerdict(payload: object): string {
  const header = toBase64url(utf8('{"alg":"ES256"}'));
  const input = `${header}.${toBase64url(utf8(JSON.stringify(payload)))}`;
  return `${input}.${toBase64url(VERIFICATION_KEY.sign(utf8(input)))}`;
}

function encrypted(text: string): string {
  const header = toBase64url(utf8('{"alg":"A256KW","enc":"A256GCM"}'));
  const [contentKey, iv] = [random(32), random(12)];
  const wrap = createCipheriv('id-aes256-wrap', DECRYPTION_KEY, new Uint8Array(8).fill(0xa6));
  const wrapped = Buffer.concat([wrap.update(contentKey), wrap.final()]);
  const seal = createCipheriv('aes-256-gcm', contentKey, iv);
  seal.setAAD(utf8(header));
  const ciphertext = Buffer.concat([seal.update(text), seal.final()]);
  return [header, ...[wrapped, iv, ciphertext, seal.getAuthTag()].map(toBase64url)].join('.');
}

/** A Play token that only Google's endpoint opens: a test's endpoint finds the binding in it. */
export const opaquePlay: Maker = { role: 'play-standard', make: (binding) => `opaque.${binding}` };

/** A grant for `dev` evidence with its key. */
export async function giveGrant(
  { store, hands }: TestWorld,
  change: Partial<DevGrant> = {},
): Promise<{ readonly id: string; readonly key: SigningKey }> {
  const { key } = generateSigningKey();
  const id = change.id ?? `grant-${key.kid}`;
  await store.addGrant({
    ...{ iss: ISSUER.iss, id, app: APP.package, label: 'CI', publicJwk: JSON.stringify(key.publicJwk) },
    ...{ uses: 0, maxUses: 2, createdAt: hands.now, expiresAt: hands.now + 3_600_000, revokedAt: null },
    ...change,
  });
  return { id, key };
}

export const dev = ({ hands }: TestWorld, { id, key }: { readonly id: string; readonly key: SigningKey }): Maker => ({
  role: 'dev',
  make: (binding) => {
    const claims = { binding, grant: id, iat: Math.floor(hands.now / 1000) };
    const input = toSigningInput({ alg: 'ES256', typ: 'assay-dev+jwt' }, utf8(JSON.stringify(claims)));
    return joinJws(input, key.sign(utf8(input)));
  },
});
