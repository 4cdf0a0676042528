import type { InstanceKey } from '@assay/client';
import type { Random } from '@assay/core';
import { parseBase64url, toBase64url, utf8 } from '@assay/formats';
import { createRequestJws, parseStatement, type RequestBody, type Statement, toPoint } from '@assay/tokens/wire';
import { createKeys } from './certificates/keys.ts';

/** What stands on the way between app and server, or on the phone behind the app's back. */
export interface Tampering {
  /** Changes a challenge on its way to the app. */
  readonly challenge?: (challenge: string) => string;
  /** Changes a request on its way to the server. `keyOf` gives the phone's own keys: its owner can use them. */
  readonly request?: (body: RequestBody, phone: TamperedPhone) => RequestBody | Promise<RequestBody>;
}

export interface TamperedPhone {
  /** The key that signed a request. */
  readonly keyOf: (request: string) => InstanceKey;
  readonly random: Random;
}

const MAC_BYTES = 16;

/** Another server's challenge: right in form, under another key. */
export const askElsewhere: Tampering = {
  challenge: (challenge) => {
    const bytes = parseBase64url(challenge);
    bytes.fill(0x5a, -MAC_BYTES);
    return toBase64url(bytes);
  },
};

/** Makes the app claim a newer version; no key signs again. */
export const alterStatement: Tampering = {
  request: (body) => {
    const [header = '', payload = '', signature = ''] = body.request.split('.');
    const statement = statementOf(payload);
    const altered = toPayload({ ...statement, claims: { ...statement.claims, ver: '99.0.0' } });
    return { ...body, request: [header, toBase64url(altered), signature].join('.') };
  },
};

/** Takes away what stands beside the evidence of the key. */
export const stripCompanions: Tampering = { request: (body) => ({ ...body, evidence: body.evidence.slice(0, 1) }) };

export const stripEvidence: Tampering = { request: (body) => ({ ...body, evidence: [] }) };

/** Puts an encryption key of one's own into the statement and has the phone sign it again. */
export const swapEncryptionKey: Tampering = {
  request: async (body, { keyOf, random }) => {
    const key = keyOf(body.request);
    const [, payload = ''] = body.request.split('.');
    const swapped = toPayload({ ...statementOf(payload), enc: toBase64url(toPoint(createKeys(random).jwk)) });
    return { ...body, request: await createRequestJws(swapped, key.jwk, key.sign) };
  },
};

const statementOf = (payload: string): Statement => parseStatement(parseBase64url(payload)).statement;

const toPayload = (statement: Statement): Uint8Array => utf8(JSON.stringify(statement));
