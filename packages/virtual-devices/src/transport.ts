import type { Fetch, Random } from '@assay/core';
import { utf8 } from '@assay/formats';
import { type ChallengeAnswer, parseRequest, type RequestBody } from '@assay/tokens/wire';
import type { Keystore } from './keystore.ts';
import type { TamperedPhone, Tampering } from './tampering.ts';

/** A network on which these things happen to challenges and requests; everything else passes as it is. */
export function tamperingFetch(
  fetch: Fetch,
  tamperings: readonly Tampering[],
  context: { readonly keystore: Keystore; readonly random: Random },
): Fetch {
  if (tamperings.length === 0) return fetch;
  return async (request) => {
    const kind = kindOf(request);
    if (kind === 'request') return fetch(await tamperedRequest(request, tamperings, context));
    const response = await fetch(request);
    return kind === 'challenge' ? tamperedChallenge(response, tamperings) : response;
  };
}

const KINDS = [
  { kind: 'challenge', path: /\/v1\/challenge$/ },
  { kind: 'request', path: /\/v1\/(attest|refresh|rekey)$/ },
] as const;

function kindOf({ url }: Request): 'challenge' | 'request' | undefined {
  return KINDS.find(({ path }) => path.test(new URL(url).pathname))?.kind;
}

async function tamperedRequest(
  request: Request,
  tamperings: readonly Tampering[],
  { keystore, random }: { readonly keystore: Keystore; readonly random: Random },
): Promise<Request> {
  const text = await request.clone().text();
  const phone: TamperedPhone = { random, keyOf: () => signerOf(keystore, text) };
  let body: RequestBody = JSON.parse(text); // what the client made a moment ago
  for (const tampering of tamperings) body = (await tampering.request?.(body, phone)) ?? body;
  return new Request(request, { body: JSON.stringify(body) });
}

function signerOf(keystore: Keystore, body: string) {
  const key = keystore.holding(parseRequest(utf8(body)).jwk);
  if (key === undefined) throw new TypeError('the request is not signed by a key of this phone');
  return key;
}

async function tamperedChallenge(response: Response, tamperings: readonly Tampering[]): Promise<Response> {
  if (!response.ok) return response;
  const answer: ChallengeAnswer = JSON.parse(await response.text()); // the test server's own answer
  const challenge = tamperings.reduce(
    (text, tampering) => tampering.challenge?.(text) ?? text,
    answer.attestation_challenge,
  );
  return Response.json({ ...answer, attestation_challenge: challenge });
}
