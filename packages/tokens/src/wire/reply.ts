import type { Action, RefusalClass } from '@assay/core';
import { type JsonValue, parseBase64url, parseStrictJson } from '@assay/formats';
import {
  encodedBytes,
  integer,
  json,
  list,
  matching,
  object,
  oneOf,
  type Reader,
  table,
  word,
} from '@assay/formats/shape';
import { fault, within } from '../fault.ts';
import { CHALLENGE_CHARACTERS } from './challenge.ts';
import { ALG, payloadOf, splitJws, TYPES } from './jws.ts';

export interface ReplyToken {
  readonly value: string;
  /** `DPoP`: in `Authorization`; `attestation`: in `OAuth-Client-Attestation`. */
  readonly type: 'DPoP' | 'attestation';
  readonly expires_in: number;
}

export interface NextChallenge {
  readonly challenge: string;
  readonly expires_in: number;
  /** Seconds until the client should refresh. */
  readonly refresh_after: number;
}

interface ReplyCommon {
  readonly v: 1;
  readonly iss: string;
  /** Thumbprint of the key that asked. */
  readonly aud: string;
  /** SHA-256 of the request JWS: the reply answers that request alone. */
  readonly rqh: string;
  /** Seconds since the epoch. */
  readonly iat: number;
  readonly support: string;
  /** A transport for signed pins: the client runs every rule of pin sets on them. */
  readonly pins?: { readonly head?: JsonValue; readonly set?: JsonValue; readonly root?: JsonValue };
  readonly next?: NextChallenge;
}

export interface OkReply extends ReplyCommon {
  readonly result: 'ok';
  /** By audience. */
  readonly tokens: Readonly<Record<string, ReplyToken>>;
  /** Compact JWE by name. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly config?: Readonly<Record<string, JsonValue>>;
}

export interface RefusedReply extends ReplyCommon {
  readonly result: 'refused';
  readonly class: RefusalClass;
  readonly action: Action;
  /** Only where the app's settings ask for them. */
  readonly reasons?: readonly string[];
}

/** What the server says, inside a JWS by the reply key (`docs/protocol.md`, Reply). */
export type Reply = OkReply | RefusedReply;

export const REPLY_LIMITS = { characters: 131_072, audiences: 4, secrets: 32, boxCharacters: 8192 } as const;
export const REPLY_MEDIA_TYPE = 'application/assay-reply+jwt';

const LIMITS = REPLY_LIMITS;
const MAX_HEADER_BYTES = 512;
const MAX_SECONDS = 86_400;

const CLASSES: readonly RefusalClass[] = ['device', 'app', 'version', 'account', 'evidence'];
const ACTIONS: readonly Action[] = ['retry', 'reenroll', 'update_app', 'stop'];

const common = {
  v: oneOf([1]),
  iss: word(512),
  aud: encodedBytes(32),
  rqh: encodedBytes(32),
  iat: integer(0),
  support: word(16),
};

const optional = {
  pins: object({}, { head: json, set: json, root: json }),
  next: object({
    challenge: word(CHALLENGE_CHARACTERS),
    expires_in: integer(1, MAX_SECONDS),
    refresh_after: integer(1, MAX_SECONDS),
  }),
};

const replyToken: Reader<ReplyToken> = object({
  value: word(8192),
  type: oneOf(['DPoP', 'attestation']),
  expires_in: integer(1, MAX_SECONDS),
});

const readOk: Reader<OkReply> = object(
  { ...common, result: oneOf(['ok']), tokens: table(word(512), replyToken, LIMITS.audiences) },
  {
    ...optional,
    secrets: table(word(64), word(LIMITS.boxCharacters), LIMITS.secrets),
    config: table(matching(/^[a-z_]{1,64}$/, 'a name of lower-case letters'), json, 32),
  },
);

const readRefused: Reader<RefusedReply> = object(
  { ...common, result: oneOf(['refused']), class: oneOf(CLASSES), action: oneOf(ACTIONS) },
  { ...optional, reasons: list(word(128), 32) },
);

const readResult = object({ result: oneOf(['ok', 'refused']) }, {}, { open: true });

const readReply: Reader<Reply> = (value, path) =>
  readResult(value, path).result === 'ok' ? readOk(value, path) : readRefused(value, path);

const readHeader = object({ typ: oneOf([TYPES.reply]), alg: oneOf([ALG]), kid: word(64) });

/** What a client knows about the request it sent. */
export interface ReplyExpectation {
  readonly iss: string;
  /** base64url thumbprint of K. */
  readonly jkt: string;
  /** base64url SHA-256 of the request JWS. */
  readonly rqh: string;
}

/** Tells whether a reply key of this name signed the input; false as well for a name that is not trusted. */
export type VerifyReplyKey = (kid: string, signingInput: string, signature: Uint8Array) => boolean | Promise<boolean>;

/**
 * Opens a reply: signature by a trusted reply key first, then form, then that it answers this very request.
 * Whatever fails here can only make the client wait.
 *
 * @throws UpstreamError `tokens.reply_malformed`, `tokens.reply_signature_invalid`, `tokens.reply_mismatch`
 */
export async function openReply(text: string, expected: ReplyExpectation, verify: VerifyReplyKey): Promise<Reply> {
  const jws = splitJws(text, LIMITS.characters, 'tokens.reply_malformed');
  const { kid } = within('tokens.reply_malformed', () =>
    readHeader(parseStrictJson(parseBase64url(jws.header), { maxBytes: MAX_HEADER_BYTES, maxDepth: 1 }), '$'),
  );
  if ((await verify(kid, jws.signingInput, jws.signature)) !== true) throw fault('tokens.reply_signature_invalid');
  const reply = parseReply(payloadOf(jws, 'tokens.reply_malformed'));
  assertAnswers(reply, expected);
  return reply;
}

function parseReply(payload: Uint8Array): Reply {
  return within('tokens.reply_malformed', () =>
    readReply(parseStrictJson(payload, { maxBytes: LIMITS.characters }), '$'),
  );
}

function assertAnswers(reply: Reply, { iss, jkt, rqh }: ReplyExpectation): void {
  const rows = [
    ['iss', reply.iss, iss],
    ['aud', reply.aud, jkt],
    ['rqh', reply.rqh, rqh],
  ] as const;
  const other = rows.find(([, found, wanted]) => found !== wanted);
  if (other !== undefined) throw fault('tokens.reply_mismatch', { expected: `${other[0]} of the request sent` });
}
