import { DerReader, FormatError, parseBase64, parseBase64url, parseHex, parsePem, toBase64 } from '@assay/formats';
import { fault } from '../../reasons.ts';

/** Content type of a receipt, as its first element: the DER of id-signedData (RFC 5652 5.1). */
const SIGNED_DATA = Uint8Array.from([0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]);
/** Identifier and length, at most four octets of it, stand before it. */
const HEADER = 6;
const SEQUENCE = 0x30;

const TEXTS = [parseBase64, parseBase64url, (text: string) => parseHex(text.toLowerCase())];

/** Compact forms by the number of their parts: Play encrypts (RFC 7516 7.1), Huawei signs (RFC 7515 7.1). */
const TOKENS: readonly { readonly form: RegExp; readonly member: string }[] = [
  { form: /^[\w-]+(\.[\w-]*){4}$/, member: 'token' },
  { form: /^[\w-]+(\.[\w-]*){2}$/, member: 'jws' },
];

type Recognise = (bytes: Uint8Array) => object | undefined;

/** What bare bytes may be, by how they begin. A CBOR map of three is an attestation, one of two an assertion (RFC 8949 3.1). */
const FORMS: readonly Recognise[] = [
  (bytes) => (bytes[0] === 0xa3 ? { attestationObject: toBase64(bytes) } : undefined),
  (bytes) => (bytes[0] === 0xa2 ? { assertionObject: toBase64(bytes) } : undefined),
  (bytes) => (isSignedData(bytes) ? { receipt: toBase64(bytes) } : undefined),
  (bytes) => (bytes[0] === SEQUENCE ? { chain: certificatesOf(bytes).map(toBase64) } : undefined),
];

/**
 * The document of evidence that comes alone: a token in its compact form; a chain in PEM or DER, an App Attest object or a
 * receipt, each as bytes, or as base64 or hex in lines of any length.
 *
 * @throws RequestError `cli.not_evidence`; FormatError for a chain that is none
 */
export function bareDocument(bytes: Uint8Array, text: string): object {
  const token = TOKENS.find(({ form }) => form.test(text));
  if (token !== undefined) return { [token.member]: text };
  if (text.includes('-----BEGIN')) return { chain: parsePem(text, 'CERTIFICATE').map(toBase64) };
  for (const each of readings(bytes, text.replace(/\s+/g, ''))) {
    for (const recognise of FORMS) {
      const document = recognise(each);
      if (document !== undefined) return document;
    }
  }
  throw fault('cli.not_evidence', {
    expected:
      'a JSON document, a token, a chain in PEM or DER, an App Attest object or a receipt (bytes, base64 or hex)',
    found: `${bytes.length} bytes of something else`,
  });
}

/** The bytes themselves, and what they are the text of. */
function readings(bytes: Uint8Array, text: string): readonly Uint8Array[] {
  return [bytes, ...TEXTS.flatMap((parse) => attempt(parse, text))];
}

function attempt(parse: (text: string) => Uint8Array, text: string): Uint8Array[] {
  try {
    return [parse(text)];
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

function isSignedData(bytes: Uint8Array): boolean {
  const beginning = Buffer.from(bytes.subarray(0, HEADER + SIGNED_DATA.length));
  return bytes[0] === SEQUENCE && beginning.indexOf(SIGNED_DATA) > 0;
}

/** Certificates in DER, one after the other. */
function certificatesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const reader = DerReader.of(bytes);
  const found: Uint8Array[] = [];
  while (!reader.isEmpty) found.push(reader.element().raw);
  return found;
}
