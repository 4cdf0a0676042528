import { UpstreamError } from '@assay/core';
import { PROOF_LIMITS, sha256 } from '@assay/tokens';
import {
  accessTokenFor,
  bearerToken,
  goodHeaders,
  issuerKey,
  NOW,
  nonceAt,
  ORIGIN,
  otherKey,
  proofFor,
  tokenFor,
} from './kit.ts';
import { POLICY_REFUSALS } from './policy-refusals.ts';
import {
  answered,
  badProof,
  badToken,
  bent,
  denied,
  down,
  folded,
  inAuthorization,
  nonceNeeded,
  type RefusalRow,
  required,
  twice,
  unreachable,
  withAccessToken,
  without,
  withToken,
} from './refusal-row.ts';

export const REFUSALS: readonly RefusalRow[] = [
  // 1: one token, one proof, sizes
  required({ name: 'no token', headers: () => [], code: 'middleware.token_missing' }),
  required({
    name: 'a proof alone',
    headers: async () => without(await goodHeaders(), 'OAuth-Client-Attestation'),
    code: 'middleware.token_missing',
  }),
  required({
    name: 'another scheme where an access token belongs',
    extra: inAuthorization,
    headers: () => [['Authorization', 'Basic dXNlcjpwYXNz']],
    code: 'middleware.token_missing',
  }),
  badToken({
    name: 'two token headers',
    headers: async () => twice(await goodHeaders(), 'OAuth-Client-Attestation'),
    code: 'middleware.token_repeated',
  }),
  badToken({
    name: 'two tokens folded into one header',
    headers: async () => folded(await goodHeaders(), 'OAuth-Client-Attestation'),
    code: 'middleware.token_repeated',
  }),
  badToken({
    name: 'Authorization twice',
    needsRawHeaders: true,
    extra: inAuthorization,
    headers: async () => twice(await withAccessToken(accessTokenFor()), 'Authorization'),
    code: 'middleware.token_repeated',
  }),
  badToken({
    name: 'tokens in both headers',
    extra: inAuthorization,
    headers: async () => [...(await withAccessToken(accessTokenFor())), ['OAuth-Client-Attestation', tokenFor()]],
    code: 'middleware.token_in_two_places',
  }),
  badToken({
    name: 'a token of more than 4 KiB',
    headers: async () => [
      ...without(await goodHeaders(), 'OAuth-Client-Attestation'),
      ['OAuth-Client-Attestation', 'a'.repeat(4097)],
    ],
    code: 'middleware.token_too_large',
  }),
  badToken({
    name: 'an Authorization of parameters next to the token',
    headers: async () => [...(await goodHeaders()), ['Authorization', 'Digest username="a"']],
    code: 'middleware.authorization_malformed',
  }),
  badProof({
    name: 'two proofs',
    headers: async () => twice(await goodHeaders(), 'DPoP'),
    code: 'middleware.proof_repeated',
  }),
  badProof({
    name: 'two proofs folded into one header',
    headers: async () => folded(await goodHeaders(), 'DPoP'),
    code: 'middleware.proof_repeated',
  }),
  badProof({
    name: 'a proof of more characters than it needs',
    headers: () => [
      ['OAuth-Client-Attestation', tokenFor()],
      ['DPoP', 'a'.repeat(PROOF_LIMITS.characters + 1)],
    ],
    code: 'middleware.proof_too_large',
  }),
  // 2: the token
  badToken({
    name: 'a token that is none',
    headers: () => withToken('not.a.token'),
    code: 'tokens.token_malformed',
  }),
  badToken({
    name: 'an access token in the attestation header',
    headers: () => withToken(accessTokenFor()),
    code: 'tokens.token_type_refused',
  }),
  badToken({
    name: 'a signing key that the issuer does not publish',
    headers: () => withToken(tokenFor({}, NOW, otherKey)),
    code: 'tokens.token_key_unknown',
  }),
  badToken({
    name: 'another key under the name of the issuer’s',
    headers: () => withToken(tokenFor({}, NOW, { ...otherKey, kid: issuerKey.kid })),
    code: 'tokens.token_signature_invalid',
  }),
  badToken({
    name: 'a bent signature',
    headers: () => withToken(bent(tokenFor())),
    code: 'tokens.token_signature_invalid',
  }),
  badToken({
    name: 'a token of another environment',
    headers: () => withToken(tokenFor({ iss: 'https://attest.example.com/t/acme/e/dev' })),
    code: 'tokens.token_issuer_mismatch',
  }),
  badToken({
    name: 'a token for another API',
    headers: () => withToken(tokenFor({ audience: 'https://other.example.com' })),
    code: 'tokens.token_audience_mismatch',
  }),
  denied({
    name: 'an app that is not listed',
    headers: () => withToken(tokenFor({ app: 'com.example.other' })),
    code: 'tokens.token_app_refused',
  }),
  badToken({
    name: 'an expired token',
    headers: () => withToken(tokenFor({}, NOW - 331_000)),
    code: 'tokens.token_expired',
  }),
  badToken({
    name: 'a token from the future',
    headers: () => withToken(tokenFor({}, NOW + 32_000)),
    code: 'tokens.token_not_yet_valid',
  }),
  down({
    name: 'everything while the keys of the issuer cannot be had',
    extra: { jwks: unreachable },
    headers: () => goodHeaders(),
    code: 'tokens.jwks_unavailable',
  }),
  // 3: a bound token needs its proof
  badToken({
    name: 'a bound token as Bearer, though proofs are optional',
    extra: { ...inAuthorization, dpop: 'optional' },
    headers: () => [['Authorization', `Bearer ${accessTokenFor()}`]],
    code: 'tokens.token_bound_as_bearer',
  }),
  badToken({
    name: 'a bound token as Bearer, though proofs are off',
    extra: { ...inAuthorization, dpop: 'off' },
    headers: () => [['Authorization', `Bearer ${accessTokenFor()}`]],
    code: 'tokens.token_bound_as_bearer',
  }),
  badProof({
    name: 'a bound token without proof, though proofs are off',
    extra: { ...inAuthorization, dpop: 'off' },
    headers: async () => without(await withAccessToken(accessTokenFor()), 'DPoP'),
    code: 'middleware.proof_missing',
  }),
  badProof({
    name: 'a token without its proof',
    headers: async () => without(await goodHeaders(), 'DPoP'),
    code: 'middleware.proof_missing',
  }),
  badToken({
    name: 'an unbound token where bound ones are required',
    extra: inAuthorization,
    headers: () => [['Authorization', `Bearer ${bearerToken()}`]],
    code: 'middleware.token_unbound',
  }),
  badToken({
    name: 'an unbound token under the scheme DPoP',
    extra: { ...inAuthorization, dpop: 'optional' },
    headers: () => withAccessToken(bearerToken()),
    code: 'tokens.token_unbound',
  }),
  badProof({
    name: 'a proof next to an unbound token',
    extra: { ...inAuthorization, dpop: 'optional' },
    headers: async () => [
      ['Authorization', `Bearer ${bearerToken()}`],
      ['DPoP', await proofFor({ authorization: bearerToken() })],
    ],
    code: 'middleware.proof_without_key',
  }),
  // 4: the proof
  badProof({
    name: 'a proof that is none',
    headers: () => [
      ['OAuth-Client-Attestation', tokenFor()],
      ['DPoP', 'not.a.proof'],
    ],
    code: 'tokens.proof_malformed',
  }),
  badProof({
    name: 'a proof by another key',
    headers: () => goodHeaders({ key: otherKey }),
    code: 'tokens.proof_key_mismatch',
  }),
  badProof({
    name: 'a proof with a bent signature',
    headers: async () => (await goodHeaders()).map(([name, value]) => [name, name === 'DPoP' ? bent(value) : value]),
    code: 'tokens.proof_signature_invalid',
  }),
  badProof({
    name: 'a proof for another method',
    method: 'POST',
    headers: () => goodHeaders(),
    code: 'tokens.proof_method_mismatch',
  }),
  badProof({
    name: 'a proof for another path',
    path: '/users/me',
    headers: () => goodHeaders(),
    code: 'tokens.proof_target_mismatch',
  }),
  badProof({
    name: 'a proof for another query',
    path: '/pay?amount=2',
    headers: () => goodHeaders({ queryHash: sha256('amount=1') }),
    code: 'tokens.proof_query_mismatch',
  }),
  badProof({
    name: 'a proof that names no query where the route asks for one',
    extra: { query: 'proven' },
    headers: () => goodHeaders(),
    code: 'middleware.query_unproven',
  }),
  badProof({
    name: 'a proof that names no body where the route asks for one',
    extra: { body: 'proven' },
    headers: () => goodHeaders(),
    code: 'middleware.body_unproven',
  }),
  badProof({
    name: 'a proof for another body',
    extra: { body: 'proven' },
    headers: () => goodHeaders({ bodyHash: sha256('{}') }),
    code: 'middleware.body_mismatch',
  }),
  badProof({
    name: 'a proof for the host that the client names',
    headers: () => goodHeaders({ url: 'http://evil.test/pay' }),
    code: 'tokens.proof_target_mismatch',
  }),
  badProof({
    name: 'an encoded slash',
    path: '/users%2fme',
    headers: () => goodHeaders(),
    code: 'tokens.target_ambiguous',
  }),
  badProof({
    name: 'an encoded letter, which routers decode before or after they match',
    path: '/users/%6de',
    headers: () => goodHeaders({ url: `${ORIGIN}/users/me` }),
    code: 'middleware.target_unreadable',
  }),
  ...['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'].map((name) =>
    badProof({
      name: `a method override by ${name}`,
      headers: async () => [...(await goodHeaders()), [name, 'DELETE']],
      code: 'middleware.method_overridden',
    }),
  ),
  nonceNeeded({
    name: 'a proof without nonce',
    headers: () => goodHeaders({ nonce: undefined }),
    code: 'tokens.proof_nonce_required',
  }),
  nonceNeeded({
    name: 'an old nonce',
    headers: () => goodHeaders({ nonce: nonceAt(NOW - 301_000) }),
    code: 'tokens.proof_nonce_invalid',
  }),
  nonceNeeded({
    name: 'the nonce of another API',
    headers: () => goodHeaders({ nonce: nonceAt(NOW, 'https://other.example.com') }),
    code: 'tokens.proof_nonce_invalid',
  }),
  badProof({
    name: 'an old proof where nonces are only offered',
    extra: { nonce: 'offered' },
    headers: () => goodHeaders({ nonce: undefined, iat: NOW / 1000 - 61 }),
    code: 'tokens.proof_expired',
  }),
  // 5: what the proof covers
  badProof({
    name: 'another access token than the proof covers',
    extra: inAuthorization,
    headers: async () => [
      ['Authorization', `DPoP ${accessTokenFor()}`],
      ['DPoP', await proofFor({ authorization: accessTokenFor() })],
    ],
    code: 'tokens.proof_token_mismatch',
  }),
  badProof({
    name: 'another attestation than the proof covers',
    headers: async () => [
      ['OAuth-Client-Attestation', tokenFor()],
      ['DPoP', await proofFor({ attestation: tokenFor() })],
    ],
    code: 'tokens.proof_attestation_mismatch',
  }),
  badProof({
    name: 'a proof that does not cover the attestation',
    headers: async () => [
      ['OAuth-Client-Attestation', tokenFor()],
      ['DPoP', await proofFor({})],
    ],
    code: 'tokens.proof_attestation_mismatch',
  }),
  answered(
    401,
    'invalid_dpop_proof',
    'Bearer error="invalid_dpop_proof"',
  )({
    name: 'another user’s token next to a good attestation',
    headers: async () => [...(await goodHeaders({ authorization: 'user-one' })), ['Authorization', 'Bearer user-two']],
    code: 'tokens.proof_token_mismatch',
  }),
  answered(
    401,
    'invalid_dpop_proof',
    'Bearer error="invalid_dpop_proof"',
  )({
    name: 'a user’s token that the proof does not cover',
    headers: async () => [...(await goodHeaders()), ['Authorization', 'Bearer user-one']],
    code: 'tokens.proof_token_mismatch',
  }),
  badProof({
    name: 'a user’s token that was taken away',
    headers: () => goodHeaders({ authorization: 'user-one' }),
    code: 'tokens.proof_token_mismatch',
  }),
  ...POLICY_REFUSALS,
  // Nobody can tell
  down({
    name: 'everything while a shared memory of proofs fails',
    extra: {
      replay: {
        remember: () => {
          throw new UpstreamError('store.unavailable', 'no answer', true);
        },
      },
    },
    headers: () => goodHeaders(),
    code: 'store.unavailable',
  }),
  // In the attestation shape the user's scheme stays, and no code says that the user's login is over
  ...(['Bearer', 'DPoP'] as const).flatMap((scheme) => {
    const algorithms = scheme === 'DPoP' ? ', algs="ES256"' : '';
    return [
      answered(
        401,
        'attestation_required',
        `${scheme} error="invalid_client_attestation"${algorithms}`,
      )({
        name: `a user’s ${scheme} token alone`,
        headers: () => [['Authorization', `${scheme} user-one`]],
        code: 'middleware.token_missing',
      }),
      answered(
        401,
        'invalid_token',
        `${scheme} error="invalid_client_attestation"${algorithms}`,
      )({
        name: `an expired attestation next to a user’s ${scheme} token`,
        headers: async () => [
          ...(await withToken(tokenFor({}, NOW - 331_000), { authorization: 'user-one' })),
          ['Authorization', `${scheme} user-one`],
        ],
        code: 'tokens.token_expired',
      }),
    ];
  }),
];
