import { hash, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ChainMemory,
  createChainMemory,
  keyOfPoint,
  loadAppleTrust,
  loadGoogleHardwareAnchors,
  pointOfSpki,
  verifyAppAttestAssertion,
  verifyAppAttestAttestation,
  verifyKeyAttestation,
} from '@assay/evidence';
import { parseBase64, parseCbor, parsePem } from '@assay/formats';
import { ANDROID_TOLERANCES, type Certificate, parseCertificate } from '@assay/x509';
import { vectorsDir } from '../../tools/vectors.ts';
import { compare } from '../measure.ts';
import { importPublicKey } from '../parts/public-key.ts';
import { functionOf, importPeer } from '../peers.ts';
import { atLeast, notMeasured, perSecond, type Row } from '../row.ts';

/** Verification of genuine evidence against the bare signature work that it contains. */
export async function bench(): Promise<readonly Row[]> {
  const dir = vectorsDir();
  if (dir === undefined) return [notMeasured('evidence', 'no shared vectors beside this checkout')];
  return [...(await attestation(dir)), await assertion(dir), await chain(dir)];
}

const read = (dir: string, path: string) => JSON.parse(readFileSync(join(dir, 'attestation', path), 'utf8'));

async function attestation(dir: string): Promise<Row[]> {
  const vector = read(dir, 'apple/attestations/node-app-attest-production.json');
  const attestationObject = parseBase64(vector.attestationObject);
  const [keyId, clientDataHash] = [parseBase64(vector.keyId), parseBase64(vector.clientDataHash)];
  const [trust, memory, at] = [loadAppleTrust(), createChainMemory(16), Date.parse(vector.verifyAt)];
  const input = { attestationObject, keyId, clientDataHash, appIds: [vector.appId] };
  const ours = () => mustVerify(verifyAppAttestAttestation(input, { trust, at, memory }));
  const bare = bareLeafSignature(attestationObject);
  const own = await compare(ours, bare);
  return [
    atLeast('App Attest attestation, of its bare P-384 verification', own.ratio, 0.8, perSecond(own.subject)),
    await againstNodeAppAttest(vector, ours),
  ];
}

/** The one signature that is left once Apple's CA certificate is remembered: the leaf's, by the P-384 intermediate. */
function bareLeafSignature(attestationObject: Uint8Array): () => boolean {
  const object = parseCbor(attestationObject);
  const statement = object instanceof Map ? object.get('attStmt') : undefined;
  const x5c = statement instanceof Map ? statement.get('x5c') : undefined;
  if (!Array.isArray(x5c)) throw new Error('the vector has no x5c');
  const [leaf, intermediate] = x5c.map((der) => parseCertificate(der instanceof Uint8Array ? der : new Uint8Array()));
  if (leaf === undefined || intermediate === undefined) throw new Error('the vector has no two certificates');
  const key = importPublicKey(intermediate.spki);
  return () => verify('sha256', leaf.tbs, key, leaf.signature);
}

interface AttestationVector {
  readonly attestationObject: string;
  readonly keyId: string;
  readonly bundleId: string;
  readonly teamId: string;
  readonly challenge: { readonly utf8?: string; readonly base64?: string };
}

async function againstNodeAppAttest(vector: AttestationVector, ours: () => unknown): Promise<Row> {
  const peer = functionOf(await importPeer('node-app-attest'), 'verifyAttestation');
  const { utf8 = '', base64 = '' } = vector.challenge;
  const theirs = () =>
    peer({
      attestation: Buffer.from(vector.attestationObject, 'base64'),
      challenge: base64 === '' ? utf8 : Buffer.from(base64, 'base64'),
      keyId: vector.keyId,
      bundleIdentifier: vector.bundleId,
      teamIdentifier: vector.teamId,
      allowDevelopmentEnvironment: true,
    });
  const { ratio, reference } = await compare(ours, theirs);
  return atLeast('App Attest attestation, against node-app-attest', ratio, 5, `theirs ${perSecond(reference)}`);
}

async function assertion(dir: string): Promise<Row> {
  const vector = read(dir, 'apple/assertions/node-app-attest-assertion.json');
  const assertionObject = parseBase64(vector.assertionObject);
  const clientDataHash = hash('sha256', parseBase64(vector.clientData), 'buffer');
  const [der = new Uint8Array()] = parsePem(vector.publicKeyPem, 'PUBLIC KEY');
  const publicKey = keyOfPoint(pointOfSpki(der) ?? new Uint8Array());
  const input = { assertionObject, clientDataHash, appIds: [vector.appId], publicKey, storedCounter: 0 };
  const object = parseCbor(assertionObject);
  if (!(object instanceof Map)) throw new Error('the vector is no map');
  const [signature, data] = [object.get('signature'), object.get('authenticatorData')];
  if (!(signature instanceof Uint8Array && data instanceof Uint8Array)) throw new Error('the vector has no signature');
  const nonce = hash('sha256', Buffer.concat([data, clientDataHash]), 'buffer');
  const { ratio, subject } = await compare(
    () => mustVerify(verifyAppAttestAssertion(input)),
    () => verify('sha256', nonce, publicKey, signature),
  );
  return atLeast('App Attest assertion, of its bare P-256 verification', ratio, 0.8, perSecond(subject));
}

/**
 * A phone that was never seen, with Google's own certificates remembered: two signatures are left, the leaf's and the one
 * of the phone's attestation certificate, and that certificate's key has to be imported.
 */
async function chain(dir: string): Promise<Row> {
  const name = 'android/key-attestation/ka-caiman-sdk36-tee_ec_rkp';
  const vector = read(dir, `${name}.json`);
  const ders = parsePem(readFileSync(join(dir, 'attestation', `${name}.pem`), 'utf8'), 'CERTIFICATE');
  const challenge = parseBase64(vector.challenge.base64);
  const [anchors, at] = [loadGoogleHardwareAnchors(), Date.parse(vector.verifyAt)];
  const memory = forgettingDevice(ders);
  const ours = () => mustVerify(verifyKeyAttestation({ chain: ders, challenge }, { trust: { anchors }, at, memory }));
  ours();
  const { ratio, subject } = await compare(ours, signatureWork(ders.slice(0, 3)));
  return atLeast(
    'Android chain, of its bare signature work',
    ratio,
    0.7,
    `${perSecond(subject)}, 2 signatures and 1 key`,
  );
}

/** A memory that holds Google's certificates and never the phone's own, as for phones that come once. */
function forgettingDevice([, device = new Uint8Array()]: readonly Uint8Array[]): ChainMemory {
  const { signatures, issuers } = createChainMemory(64);
  const own = hash('sha256', device, 'base64');
  return {
    signatures: { has: (key) => !key.startsWith(own) && signatures.has(key), add: signatures.add },
    issuers: {
      find: (der, tolerate) => (Buffer.compare(der, device) === 0 ? undefined : issuers.find(der, tolerate)),
      add: issuers.add,
    },
  };
}

/** The bare work: each child verified by the next certificate; the phone's own key is imported anew each time. */
function signatureWork(ders: readonly Uint8Array[]): () => boolean {
  const [leaf, device, issuer] = ders.map((der) => parseCertificate(der, { tolerate: ANDROID_TOLERANCES }));
  if (leaf === undefined || device === undefined || issuer === undefined) throw new Error('the chain is too short');
  const digestOf = ({ signatureAlgorithm: { oid } }: Certificate) => (oid === ECDSA_SHA384 ? 'sha384' : 'sha256');
  const issuerKey = importPublicKey(issuer.spki);
  return () =>
    verify(digestOf(leaf), leaf.tbs, importPublicKey(device.spki), leaf.signature) &&
    verify(digestOf(device), device.tbs, issuerKey, device.signature);
}

const ECDSA_SHA384 = '1.2.840.10045.4.3.3';

function mustVerify(appraisal: { readonly outcome: string }): void {
  if (appraisal.outcome !== 'verified')
    throw new Error('the genuine vector was refused: the figure would mean nothing');
}
