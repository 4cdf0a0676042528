import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TokenRequest } from '@assay/tokens';
import {
  createVerifier,
  type Refused,
  type Result,
  type VerificationEvent,
  type VerifierOptions,
} from '../src/index.ts';
import {
  apiKey,
  createApiKey,
  decoyToken,
  NOW,
  ORIGIN,
  type ProofOptions,
  proofFor,
  recorded,
  SEALED,
  sealedTokenFor,
  tokenFor,
} from './kit.ts';

/** One request with this token and a proof that covers it as it was sent. */
async function call(
  attestation: string,
  extra: Partial<VerifierOptions> = {},
  proof: ProofOptions = {},
  mode: Partial<VerifierOptions> = SEALED,
): Promise<{ readonly result: Result; readonly event: VerificationEvent | undefined }> {
  const { options, events } = recorded({ ...mode, ...extra });
  const headers = { 'oauth-client-attestation': attestation, dpop: await proofFor({ attestation, ...proof }) };
  const result = await createVerifier(options).verifyRequest(new Request(`${ORIGIN}/pay`, { headers }));
  return { result, event: events.at(-1) };
}

describe('sealed tokens', () => {
  test('are opened, and covered by the proof as they were sent', async () => {
    const { result } = await call(sealedTokenFor());
    assert.ok(result.outcome === 'admitted');
    assert.equal(result.attestation.app, 'com.example.bank');
  });

  test('open with the key that they name, while one takes over from another', async () => {
    const next = createApiKey();
    const decryptionKeys = [apiKey.privateKey, next.privateKey];
    for (const key of [apiKey, next]) {
      const { result } = await call(sealedTokenFor({}, NOW, key), { decryptionKeys });
      assert.equal(result.outcome, 'admitted');
    }
  });

  test('are taken beside readable ones where an API asks for that', async () => {
    for (const token of [tokenFor(), sealedTokenFor()]) {
      assert.equal((await call(token, { plainTokens: 'accept' })).result.outcome, 'admitted');
    }
  });

  test('of a refused install and of an admitted one are of one length', () => {
    assert.equal(decoyToken().length, sealedTokenFor({ annotations: { channel: 'store' } }).length);
  });
});

/** Everything that a token can be refused for, and a demand that refuses it. */
const CAUSES: readonly [code: string, change: Partial<TokenRequest>, extra?: Partial<VerifierOptions>, at?: number][] =
  [
    ['middleware.decoy_refused', { tier: 'contraindicated', assurance: 'none' }],
    ['middleware.decoy_refused', { tier: 'none', assurance: 'high' }],
    ['middleware.unenforced', { admitted: 'monitor' }, { unenforced: 'refuse' }],
    ['middleware.tier_too_low', { tier: 'warning' }, { tier: 'affirming' }],
    ['middleware.assurance_too_low', {}, { acr: 'high' }],
    ['middleware.key_protection_refused', { keyProtection: 'software' }, { keyProtection: ['hardware'] }],
    ['middleware.evidence_stale', {}, { maxAge: 1 }],
    ['middleware.enrolment_stale', {}, { maxEnrolmentAge: 1 }],
    ['middleware.degraded', { degraded: ['vendor_unavailable'] }],
    ['middleware.revoked', {}, { isRevoked: () => true }],
    ['tokens.token_app_refused', { app: 'com.example.other' }],
    ['tokens.token_audience_mismatch', { audience: 'https://other.example.com' }],
    ['tokens.token_expired', {}, {}, NOW - 400_000],
    ['tokens.proof_key_mismatch', { key: apiKey.jwk }],
  ];

const seenBy = ({ status, headers, problem: { support, ...problem } }: Refused) => ({
  status,
  headers,
  problem,
  supportLength: support?.length,
});

describe('what the holder of a sealed token learns from its refusal', () => {
  test('nothing: one answer for every cause, which the operator alone is told', async () => {
    const answers: string[] = [];
    for (const [code, change, extra, at] of CAUSES) {
      const { result, event } = await call(sealedTokenFor(change, at), extra);
      assert.ok(result.outcome === 'refused', code);
      assert.deepEqual([event?.code, event?.problem], [code, 'invalid_token']);
      answers.push(JSON.stringify(seenBy(result)));
    }
    assert.equal(new Set(answers).size, 1, answers.join('\n'));
    assert.equal(JSON.parse(answers[0] ?? '').status, 401);
  });

  test('though the same causes differ where tokens can be read', async () => {
    const answers = new Set<string>();
    for (const [, change, extra, at] of CAUSES) {
      const { result } = await call(tokenFor(change, at), extra, {}, {});
      assert.ok(result.outcome === 'refused');
      answers.add(JSON.stringify(seenBy(result)));
    }
    assert.ok(answers.size >= 4);
  });

  test('is counted for each install, for the operator', async () => {
    const { options, events } = recorded(SEALED);
    const verifier = createVerifier(options);
    for (const instance of ['phone-1', 'phone-1', 'phone-2', 'phone-1']) {
      const attestation = sealedTokenFor({ tier: 'contraindicated', assurance: 'none', instance });
      const headers = { 'oauth-client-attestation': attestation, dpop: await proofFor({ attestation }) };
      await verifier.verifyRequest(new Request(`${ORIGIN}/pay`, { headers }));
    }
    assert.deepEqual(
      events.map(({ instance, decoys }) => [instance, decoys]),
      [
        ['phone-1', 1],
        ['phone-1', 2],
        ['phone-2', 1],
        ['phone-1', 3],
      ],
    );
    assert.ok(!('decoys' in ((await call(sealedTokenFor())).event ?? {})));
  });

  test('a nonce is handed out before anything of the verdict is looked at', async () => {
    for (const token of [sealedTokenFor(), decoyToken()]) {
      const { result } = await call(token, {}, { nonce: undefined });
      assert.ok(result.outcome === 'refused');
      assert.equal(result.problem.code, 'use_dpop_nonce');
    }
  });

  test('stages decide by the cause, and hand it to the API', async () => {
    for (const stage of ['monitor', 'soft'] as const) {
      const { result } = await call(sealedTokenFor(), { stage, acr: 'high' });
      assert.ok(result.outcome === 'unattested');
      assert.equal(result.refusal?.problem, 'use_fresh_attestation');
    }
    assert.equal((await call(decoyToken(), { stage: 'soft' })).result.outcome, 'refused');
  });
});
