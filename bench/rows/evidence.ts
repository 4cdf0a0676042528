import { hash, verify } from 'node:crypto';
import {
  createChainMemory,
  keyOfPoint,
  loadAppleTrust,
  pointOfSpki,
  verifyAppAttestAssertion,
  verifyAppAttestAttestation,
} from '@assay/evidence';
import { parseBase64, parseCbor, parsePem } from '@assay/formats';
import { parseCertificate } from '@assay/x509';
import { vectorsDir } from '../../tools/vectors.ts';
import { compare } from '../measure.ts';
import { importPublicKey } from '../parts/public-key.ts';
import { mustVerify, readVector } from '../parts/vectors.ts';
import { functionOf, importPeer, NO_PEERS } from '../peers.ts';
import { atLeast, notMeasured, perSecond, type Row } from '../row.ts';
import { androidChain } from './android-chain.ts';

/** Verification of genuine evidence against the bare signature work that it contains. */
export async function bench(): Promise<readonly Row[]> {
  const dir = vectorsDir();
  if (dir === undefined) return [notMeasured('evidence', 'no shared vectors beside this checkout')];
  return [...(await attestation(dir)), await assertion(dir), await androidChain(dir)];
}

async function attestation(dir: string): Promise<Row[]> {
  const vector = readVector(dir, 'apple/attestations/node-app-attest-production.json');
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
  const module = await importPeer('node-app-attest');
  if (module === undefined) return notMeasured('App Attest attestation, against node-app-attest', NO_PEERS);
  const peer = functionOf(module, 'verifyAttestation');
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
  const vector = readVector(dir, 'apple/assertions/node-app-attest-assertion.json');
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
