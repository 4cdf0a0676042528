import { decodeUtf8, parseBase64 } from '@assay/formats';
import { json, list, misfit, object, oneOf, type Reader, word } from '@assay/formats/shape';
import { fault } from '../fault.ts';
import { type EvidenceForm, type Role, readRole, roleRow } from './roles.ts';

/** One piece of evidence as a client sends it. */
export interface WireEvidence {
  readonly role: Role;
  /** Container of the client package that made it; needed for chains. */
  readonly enc?: Container;
  readonly data: string | readonly string[] | { readonly certChain: readonly string[] };
}

/** One piece of evidence out of its container. Certificates are DER, leaf first. */
export type EvidencePiece =
  | { readonly role: Role; readonly form: 'object'; readonly object: Uint8Array }
  | { readonly role: Role; readonly form: 'chain'; readonly chain: readonly Uint8Array[] }
  | { readonly role: Role; readonly form: 'token'; readonly token: string };

export const EVIDENCE_LIMITS = {
  pieces: 3,
  objectBytes: 16_384,
  certificates: 6,
  certificateBytes: 4096,
  tokenCharacters: 16_384,
} as const;

const LIMITS = EVIDENCE_LIMITS;

function sized(max: number, what: string): Reader<string> {
  return (value, path) => {
    if (typeof value !== 'string' || value.length === 0) misfit(path, what);
    if (value.length > max) throw fault('tokens.request_too_large', { expected: `${path}: at most ${max} characters` });
    return value;
  };
}

/** Characters of padded base64 for so many bytes. */
const base64Characters = (bytes: number): number => Math.ceil(bytes / 3) * 4;

function bytesOf(maxBytes: number): Reader<Uint8Array> {
  const read = sized(base64Characters(maxBytes), 'base64');
  return (value, path) => parseBase64(read(value, path));
}

const readCertificates = list(bytesOf(LIMITS.certificateBytes), LIMITS.certificates, 1);

/** Six certificates of the largest size in base64 with line breaks, joined, and all of it in base64 again. */
const readPagopaText = sized(48_000, 'a chain in base64');

const LINE_BREAKS = /[\r\n]/g;

/** `base64(join(",", base64 with line breaks))`, as `@pagopa/io-react-native-integrity` makes it. */
const readPagopaChain: Reader<readonly Uint8Array[]> = (value, path) => {
  const joined = decodeUtf8(parseBase64(readPagopaText(value, path).replace(LINE_BREAKS, '')));
  return readCertificates(joined.replace(LINE_BREAKS, '').split(','), path);
};

const readObject = bytesOf(LIMITS.objectBytes);
const readTokenText = sized(LIMITS.tokenCharacters, 'a token');
const readWord = word(LIMITS.tokenCharacters);

/** `{"certChain": […]}`, as native modules wrap their list. */
const readWrapped = object({ certChain: json });
const readEdgeChain: Reader<readonly Uint8Array[]> = (value, path) =>
  readCertificates(readWrapped(value, path).certChain, `${path}.certChain`);

type ReadPiece = (role: Role, data: unknown, path: string) => EvidencePiece;

const base64: ReadPiece = (role, data, path) => ({ role, form: 'object', object: readObject(data, path) });
const text: ReadPiece = (role, data, path) => ({
  role,
  form: 'token',
  token: readWord(readTokenText(data, path), path),
});
const chainBy =
  (read: Reader<readonly Uint8Array[]>): ReadPiece =>
  (role, data, path) => ({ role, form: 'chain', chain: read(data, path) });

export type Container = 'base64' | 'text' | 'expo-chain' | 'pagopa-chain' | 'edge-chain';

interface ContainerRow {
  readonly form: EvidenceForm;
  readonly open: ReadPiece;
}

/** Every container, the forms it may hold, and how it is opened. A wrong name is an error: nothing is guessed. */
const CONTAINERS: Readonly<Record<Container, ContainerRow>> = {
  base64: { form: 'object', open: base64 },
  text: { form: 'token', open: text },
  'expo-chain': { form: 'chain', open: chainBy(readCertificates) },
  'pagopa-chain': { form: 'chain', open: chainBy(readPagopaChain) },
  'edge-chain': { form: 'chain', open: chainBy(readEdgeChain) },
};

const CONTAINER_NAMES: readonly Container[] = Object.keys(CONTAINERS) as Container[]; // the keys of CONTAINERS by definition

/** Forms with one container need not name it. */
const DEFAULTS: Readonly<Record<EvidenceForm, Container | undefined>> = {
  object: 'base64',
  token: 'text',
  chain: undefined,
};

const readFrame = object({ role: readRole, data: json }, { enc: oneOf(CONTAINER_NAMES) });

/** One member of `evidence`. */
export const readEvidencePiece: Reader<EvidencePiece> = (value, path) => {
  const { role, enc, data } = readFrame(value, path);
  const { form } = roleRow(role);
  const name = enc ?? DEFAULTS[form];
  if (name === undefined || CONTAINERS[name].form !== form)
    misfit(`${path}.enc`, `a container for evidence of form ${form}`);
  return CONTAINERS[name].open(role, data, `${path}.data`);
};
