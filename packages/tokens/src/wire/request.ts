import { parseStrictJson } from '@assay/formats';
import { type EcJwk, list, object, type Reader, word } from '@assay/formats/shape';
import { fault, within } from '../fault.ts';
import { EVIDENCE_LIMITS, type EvidencePiece, readEvidencePiece, type WireEvidence } from './evidence.ts';
import { createKeyedJws, payloadOf, readKeyedHeader, type Sign, splitJws, TYPES } from './jws.ts';
import { type ParsedStatement, parseStatement } from './statement.ts';

/** The body of attest, refresh and rekey as a client sends it. */
export interface RequestBody {
  /** Compact JWS over S by K. */
  readonly request: string;
  /** Rekey: compact JWS by the old key over SHA-256 of `request`. */
  readonly cosign?: string;
  readonly evidence: readonly WireEvidence[];
}

/** The body with its evidence out of the containers. Nothing in it is verified. */
export interface RequestEnvelope {
  readonly request: string;
  readonly cosign?: string;
  readonly evidence: readonly EvidencePiece[];
}

/** A request whose parts are all in their form. Nothing in it is verified. */
export interface ParsedRequest extends RequestEnvelope, ParsedStatement {
  /** The key that the request names as its own. */
  readonly jwk: EcJwk;
  readonly signingInput: string;
  readonly signature: Uint8Array;
}

export const REQUEST_LIMITS = { bodyBytes: 65_536, requestCharacters: 12_288, cosignCharacters: 1024 } as const;

const LIMITS = REQUEST_LIMITS;

const readEnvelope: Reader<RequestEnvelope> = object(
  { request: word(LIMITS.requestCharacters), evidence: list(readEvidencePiece, EVIDENCE_LIMITS.pieces) },
  { cosign: word(LIMITS.cosignCharacters) },
);

/**
 * Reads a request body.
 *
 * @throws RequestError `tokens.request_malformed`, `tokens.request_too_large`
 */
export function parseRequestEnvelope(body: Uint8Array): RequestEnvelope {
  if (body.length > LIMITS.bodyBytes)
    throw fault('tokens.request_too_large', { expected: `${LIMITS.bodyBytes} bytes` });
  return within('tokens.request_malformed', () =>
    readEnvelope(parseStrictJson(body, { maxBytes: LIMITS.bodyBytes, maxDepth: 5 }), '$'),
  );
}

/**
 * Reads a request body with the JWS and the statement inside it, all without a key operation.
 *
 * @throws RequestError as {@link parseRequestEnvelope} and {@link parseStatement}; `tokens.jws_malformed`
 */
export function parseRequest(body: Uint8Array): ParsedRequest {
  const envelope = parseRequestEnvelope(body);
  const jws = splitJws(envelope.request, LIMITS.requestCharacters);
  const jwk = readKeyedHeader(jws.header, TYPES.request);
  const parsed = parseStatement(payloadOf(jws, 'tokens.jws_malformed'));
  return { ...envelope, ...parsed, jwk, signingInput: jws.signingInput, signature: jws.signature };
}

/** The request JWS of a client: S, signed by K. */
export function createRequestJws(statement: Uint8Array, jwk: EcJwk, sign: Sign): Promise<string> {
  return createKeyedJws(TYPES.request, jwk, statement, sign);
}

/** The consent of the old key to a rekey. `requestHash` is SHA-256 of the ASCII text of the request JWS. */
export function createCosign(requestHash: Uint8Array, oldJwk: EcJwk, sign: Sign): Promise<string> {
  return createKeyedJws(TYPES.rekey, oldJwk, requestHash, sign);
}
