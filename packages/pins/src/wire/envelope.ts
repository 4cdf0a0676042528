import { parseBase64url, parseStrictJson, toBase64url, utf8 } from '@assay/formats';
import { distinct, encodedBytes, json, matching, object, oneOf, type Reader } from '@assay/formats/shape';
import { reading, refused } from './fault.ts';
import { identityOf, type PinCrypto, type Role } from './keys.ts';
import { kid, MAX_DOCUMENT_BYTES, MAX_SIGNATURES } from './limits.ts';

/** What kind of document was signed: one signature never stands for a document of another kind. */
export type EnvelopeType = 'assay-root+jws' | 'assay-pins+jws';

/** A JWS in General JSON form (RFC 7515 7.2.1). The payload's exact bytes are signed: there is no canonical JSON. */
export interface Envelope {
  readonly payload: Uint8Array;
  readonly signatures: readonly EnvelopeSignature[];
}

interface EnvelopeSignature {
  readonly kid: string;
  readonly signature: Uint8Array;
  readonly signingInput: Uint8Array;
}

const base64url = matching(/^[A-Za-z0-9_-]+$/, 'base64url');
const readEnvelope = object({ payload: base64url, signatures: json });
/** Two numbers of 32 bytes. */
const readSignature = object({ protected: base64url, signature: encodedBytes(64) });

/**
 * Reads the wire form.
 *
 * @throws RequestError `pins.too_large`, `pins.document_malformed`, or a format's code.
 */
export function parseEnvelope(wire: string, typ: EnvelopeType): Envelope {
  if (wire.length > MAX_DOCUMENT_BYTES) throw refused('pins.too_large', 'the signed document is larger than 64 KiB');
  return reading(() => {
    const { payload, signatures } = readEnvelope(
      parseStrictJson(wire, { maxBytes: MAX_DOCUMENT_BYTES, maxDepth: 4 }),
      '$',
    );
    const readAll = distinct(signatureOver(payload, typ), MAX_SIGNATURES, 1, (each) => each.kid);
    return { payload: parseBase64url(payload), signatures: readAll(signatures, '$.signatures') };
  });
}

function signatureOver(payload: string, typ: EnvelopeType): Reader<EnvelopeSignature> {
  const readHeader = object({ alg: oneOf(['ES256']), typ: oneOf([typ]), kid });
  return (value, path) => {
    const { protected: encoded, signature } = readSignature(value, path);
    const header = parseStrictJson(parseBase64url(encoded), { maxBytes: 1024, maxDepth: 1 });
    return {
      kid: readHeader(header, `${path}.protected`).kid,
      signature: parseBase64url(signature),
      signingInput: signingInputOf(encoded, payload),
    };
  };
}

/** What a signature covers: RFC 7515 5.1, step 5. */
function signingInputOf(header: string, payload: string): Uint8Array {
  return utf8(`${header}.${payload}`);
}

/** Holds a key of a role; the private half may be in a file, a token or a key management service. */
export interface PinSigner {
  readonly kid: string;
  /** ES256: r and s, 32 bytes each. */
  sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** Signs exact payload bytes; one signature for each signer. */
export async function signEnvelope(
  payload: Uint8Array,
  typ: EnvelopeType,
  signers: readonly PinSigner[],
): Promise<string> {
  const encoded = toBase64url(payload);
  const sign = async (signer: PinSigner) => {
    const header = toBase64url(utf8(JSON.stringify({ alg: 'ES256', kid: signer.kid, typ })));
    return { protected: header, signature: toBase64url(await signer.sign(signingInputOf(header, encoded))) };
  };
  return JSON.stringify({ payload: encoded, signatures: await Promise.all(signers.map(sign)) });
}

/**
 * Proves that at least the threshold of *distinct public keys* of the role signed. A key that stands under two names is
 * one key. Signatures by others, and wrong ones, count nothing.
 *
 * @throws RequestError `pins.threshold_not_met`.
 */
export async function assertThreshold(envelope: Envelope, role: Role, { verify }: PinCrypto): Promise<void> {
  const signed = new Set<string>();
  for (const { kid, signature, signingInput } of envelope.signatures) {
    const key = role.keys.get(kid);
    if (key !== undefined && (await verify(key, signingInput, signature)) === true) signed.add(identityOf(key));
  }
  if (role.keys.size === 0 || role.threshold < 1 || signed.size < role.threshold) {
    throw refused('pins.threshold_not_met', 'too few keys of the role signed', `${role.threshold}`, `${signed.size}`);
  }
}
