import { verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createChainMemory, loadGoogleHardwareAnchors, verifyKeyAttestation } from '@assay/evidence';
import { parseBase64, parsePem } from '@assay/formats';
import { ANDROID_TOLERANCES, type Certificate, parseCertificate } from '@assay/x509';
import { compare } from '../measure.ts';
import { importPublicKey } from '../parts/public-key.ts';
import { mustVerify, readVector } from '../parts/vectors.ts';
import { atLeast, perSecond, type Row } from '../row.ts';

/**
 * A phone that was never seen, with Google's own certificates remembered: two signatures are left, the leaf's and the one
 * of the phone's attestation certificate, and that certificate's key has to be imported. A phone stays one that was never
 * seen, however often it comes: nothing of its own is remembered.
 */
export async function androidChain(dir: string): Promise<Row> {
  const name = 'android/key-attestation/ka-caiman-sdk36-tee_ec_rkp';
  const vector = readVector(dir, `${name}.json`);
  const ders = parsePem(readFileSync(join(dir, 'attestation', `${name}.pem`), 'utf8'), 'CERTIFICATE');
  const challenge = parseBase64(vector.challenge.base64);
  const [anchors, at] = [loadGoogleHardwareAnchors(), Date.parse(vector.verifyAt)];
  const memory = createChainMemory(64);
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
