import { DerReader, TAG, toBase64 } from '@assay/formats';
import {
  type Certificate,
  describeKey,
  isSelfIssued,
  parseCertificate,
  parseKeyAlgorithm,
  readName,
} from '@assay/x509/certificate';
import { isDer } from './der.ts';
import type { FoundKey, Sheet } from './model.ts';
import { showName } from './names.ts';
import { blocksIn } from './pem.ts';

type Read = (der: Uint8Array<ArrayBuffer>) => Promise<Omit<FoundKey, 'sheet'>>;

/** What stands behind each label. */
const READERS: ReadonlyMap<string, Read> = new Map([
  ['CERTIFICATE', readCertificate],
  ['X509 CERTIFICATE', readCertificate],
  ['CERTIFICATE REQUEST', readRequest],
  ['NEW CERTIFICATE REQUEST', readRequest],
  ['PUBLIC KEY', readPublicKey],
]);

/** Every public key in a sheet, in its order: PEM with anything around it, or DER. None for a sheet of another form. */
export async function keysIn({ name, bytes }: Sheet): Promise<readonly FoundKey[]> {
  const found = isDer(bytes) ? [await readDer(copyOf(bytes))] : await readPem(bytes);
  return found.map((key) => ({ sheet: name, ...key }));
}

const copyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

async function readPem(bytes: Uint8Array): Promise<readonly Omit<FoundKey, 'sheet'>[]> {
  const blocks = blocksIn(new TextDecoder().decode(bytes));
  const reads = blocks.map(({ label, der }) => READERS.get(label)?.(der) ?? []);
  return (await Promise.all(reads)).flat();
}

/** Fields of what is signed: a request has four (RFC 2986 4.1), a certificate six at least; a public key begins with an OID. */
const REQUEST_FIELDS = 4;

async function readDer(der: Uint8Array<ArrayBuffer>): Promise<Omit<FoundKey, 'sheet'>> {
  const inner = DerReader.of(der).enter(TAG.SEQUENCE).enter(TAG.SEQUENCE);
  if (inner.peek() === TAG.OID) return readPublicKey(der);
  let fields = 0;
  for (; !inner.isEmpty; fields += 1) inner.skip();
  return fields <= REQUEST_FIELDS ? readRequest(der) : readCertificate(der);
}

async function readCertificate(der: Uint8Array<ArrayBuffer>): Promise<Omit<FoundKey, 'sheet'>> {
  const certificate = parseCertificate(der);
  const { issuer, notBefore, notAfter, spki, key, subject } = certificate;
  const [digest, pin] = await Promise.all([digestOf(der), digestOf(spki)]);
  const about = { digest, issuer: showName(issuer), notBefore, notAfter, dnsNames: dnsNamesOf(certificate) };
  return { pin, role: roleOf(certificate), key: describeKey(key), subject: showName(subject), certificate: about };
}

function roleOf(certificate: Certificate): 'leaf' | 'intermediate' | 'root' {
  if (certificate.basicConstraints?.ca !== true) return 'leaf';
  return isSelfIssued(certificate) ? 'root' : 'intermediate';
}

function dnsNamesOf({ subjectAltNames = [] }: Certificate): readonly string[] {
  return subjectAltNames.flatMap((name) => (name.kind === 'dns' ? [name.value] : []));
}

/** RFC 2986 4: version, subject, key, attributes. That the request is signed by its key is not proven here. */
async function readRequest(der: Uint8Array<ArrayBuffer>): Promise<Omit<FoundKey, 'sheet'>> {
  const info = DerReader.of(der).enter(TAG.SEQUENCE).enter(TAG.SEQUENCE);
  info.integer();
  const subject = showName(readName(info));
  const spki = info.raw(TAG.SEQUENCE);
  return { pin: await digestOf(spki), role: 'request', key: describeKey(parseKeyAlgorithm(spki)), subject };
}

async function readPublicKey(spki: Uint8Array<ArrayBuffer>): Promise<Omit<FoundKey, 'sheet'>> {
  const key = describeKey(parseKeyAlgorithm(spki));
  return { pin: await digestOf(spki), role: 'public key', key };
}

/** base64 SHA-256. A copy, because a view of something larger is not what WebCrypto's types ask for. */
async function digestOf(bytes: Uint8Array): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', copyOf(bytes))));
}
