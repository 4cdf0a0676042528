import { z } from 'zod';

/** Schemas of the public routes: what validates is what the OpenAPI document says. */

export const ChallengeRequest = z
  .strictObject({
    app: z.string().min(1).max(155),
    jkt: z
      .string()
      .regex(/^[A-Za-z0-9_-]{43}$/, 'a base64url SHA-256 thumbprint')
      .optional(),
  })
  .meta({ id: 'ChallengeRequest' });

export const ChallengeResponse = z
  .object({
    attestation_challenge: z.string().describe('52 characters, redeemed once'),
    expires_in: z.int().describe('Seconds'),
  })
  .meta({ id: 'ChallengeResponse' });

/** For the document only: the strict parser of the wire format validates the bytes themselves. */
export const AttestRequest = z
  .strictObject({
    request: z.string().max(12_288).describe('Compact JWS over the statement, by the instance key'),
    cosign: z.string().max(1_024).optional().describe('Rekey: compact JWS by the old key'),
    evidence: z
      .array(
        z.strictObject({
          role: z.string(),
          enc: z.string().optional().describe('Container of the client package'),
          data: z.union([z.string(), z.array(z.string())]),
        }),
      )
      .max(3),
  })
  .meta({ id: 'AttestRequest' });

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    support: z.string().optional().describe('What a user reads to support'),
    detail: z.string().optional(),
    retry_after_ms: z.int().optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457. Unsigned: it can only make a client wait.' });

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request cannot be used',
  401: 'A valid operator credential is required',
  403: 'The credential lacks a scope',
  404: 'There is no such resource',
  409: 'Another request came first, or the challenge is of no use any more',
  413: 'The body is too large',
  421: 'The host name is not one of this listener',
  429: 'Too many requests: wait',
  500: 'A fault of the server or its configuration',
  503: 'Not now: wait',
};

/** Responses with a problem document. */
export function problems<const S extends number>(
  ...statuses: readonly S[]
): Readonly<Record<S, { description: string; content: Record<string, { schema: typeof Problem }> }>> {
  const responses = statuses.map((status) => [
    status,
    { description: TITLES[status] ?? 'Problem', content: { 'application/problem+json': { schema: Problem } } },
  ]);
  return Object.fromEntries(responses) as ReturnType<typeof problems<S>>; // one entry for each status, by the line before
}

export const Pins = z
  .object({
    roots: z.array(z.unknown()).describe('Signed root documents, oldest first'),
    set: z.unknown().nullable().describe('The newest signed pin set, or null'),
  })
  .meta({ id: 'Pins' });
