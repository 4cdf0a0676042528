import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { STAGES } from '@assay/core';
import { sha256 } from '@assay/tokens';
import { SignJWT } from 'jose';
import { createVerifier, type Result, type RouteDemands, type VerifierOptions } from '../src/index.ts';
import {
  accessTokenFor,
  bearerToken,
  goodHeaders,
  type HeaderList,
  ISSUER,
  issuerKey,
  jwks,
  NOW,
  nonceAt,
  ORIGIN,
  optionsFor,
  otherKey,
  proofFor,
  random,
  recorded,
  tokenFor,
  withCode,
} from './kit.ts';

function requestWith(headers: HeaderList, path = '/pay'): Request {
  const list = new Headers();
  for (const [name, value] of headers) list.append(name, value);
  return new Request(`${ORIGIN}${path}`, { headers: list });
}

async function verified(headers: HeaderList, extra: Partial<VerifierOptions> = {}): Promise<Result> {
  return createVerifier(optionsFor(extra)).verifyRequest(requestWith(headers));
}

const codeOf = (result: Result): string | undefined =>
  result.outcome === 'refused'
    ? result.problem.code
    : result.outcome === 'unattested'
      ? result.refusal?.code
      : undefined;

describe('what an admitted request tells', () => {
  test('the claims in words, without the key', async () => {
    const result = await verified(await goodHeaders());
    assert.ok(result.outcome === 'admitted');
    const { tokenId, ...attestation } = result.attestation;
    assert.match(tokenId, /^[\w-]{22}$/);
    assert.deepEqual(attestation, {
      issuer: ISSUER,
      app: 'com.example.bank',
      version: '4.2.0',
      platform: 'android',
      instance: 'pseudonym',
      assurance: 'substantial',
      tier: 'affirming',
      keyProtection: 'hardware',
      isBound: true,
      attestedAt: NOW - 3_600_000,
      freshAt: NOW - 60_000,
      degraded: [],
      annotations: {},
      policy: 'strict@1',
      kid: issuerKey.kid,
      issuedAt: NOW,
      expiresAt: NOW + 300_000,
    });
  });

  test('what the policy notes about the install, and why it was let through', async () => {
    const annotations = { channel: 'store', risk: 3, vip: true };
    const attestation = tokenFor({ annotations, admitted: 'unsampled', tier: 'none', assurance: 'none' });
    const result = await verified([
      ['OAuth-Client-Attestation', attestation],
      ['DPoP', await proofFor({ attestation })],
    ]);
    assert.ok(result.outcome === 'admitted');
    const { unenforced, annotations: told, tier, assurance } = result.attestation;
    assert.deepEqual(
      { unenforced, told, tier, assurance },
      {
        unenforced: 'unsampled',
        told: annotations,
        tier: 'warning',
        assurance: 'low',
      },
    );
  });

  test('an access token, with the user’s own token absent', async () => {
    const authorization = accessTokenFor();
    const headers: HeaderList = [
      ['Authorization', `dpop ${authorization}`],
      ['DPoP', await proofFor({ authorization })],
    ];
    assert.equal((await verified(headers, { shape: 'access_token' })).outcome, 'admitted');
  });

  test('a user’s token beside the attestation, both covered by one proof', async () => {
    const headers = await goodHeaders({ authorization: 'user-one' });
    assert.equal((await verified([...headers, ['Authorization', 'Bearer user-one']])).outcome, 'admitted');
  });

  test('unbound tokens where the API says so, and somebody else’s DPoP only where proofs are off', async () => {
    const bearer: HeaderList = [['Authorization', `Bearer ${bearerToken()}`]];
    const shape = 'access_token';
    const optional = await verified(bearer, { shape, dpop: 'optional' });
    assert.ok(optional.outcome === 'admitted' && !optional.attestation.isBound);
    const off = await verified([...bearer, ['DPoP', 'somebody-else’s'.slice(0, 13)]], { shape, dpop: 'off' });
    assert.equal(off.outcome, 'admitted');
  });

  test('a proof by an outside client', async () => {
    const attestation = tokenFor();
    const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
    ]);
    const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
    const jwk = { kty: 'EC', crv: 'P-256', x, y } as const;
    const own = tokenFor({ key: jwk });
    const proof = (token: string): Promise<string> =>
      new SignJWT({
        htm: 'GET',
        htu: `${ORIGIN}/pay`,
        nonce: nonceAt(),
        att_h: Buffer.from(sha256(token)).toString('base64url'),
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
        .setJti(crypto.randomUUID())
        .setIssuedAt(NOW / 1000)
        .sign(privateKey);
    const send = async (token: string): Promise<Result> =>
      verified([
        ['OAuth-Client-Attestation', token],
        ['DPoP', await proof(token)],
      ]);
    assert.equal((await send(own)).outcome, 'admitted');
    assert.equal(codeOf(await send(attestation)), 'invalid_dpop_proof');
  });
});

describe('attacks', () => {
  test('34: a malleated proof is the same proof, and a malleated token is not the one that was covered', async () => {
    const { options, events } = recorded();
    const verifier = createVerifier(options);
    const attestation = tokenFor();
    const proof = await proofFor({ attestation });
    const send = (token: string, dpop: string): Promise<Result> =>
      verifier.verifyRequest(
        requestWith([
          ['OAuth-Client-Attestation', token],
          ['DPoP', dpop],
        ]),
      );
    assert.equal((await send(attestation, proof)).outcome, 'admitted');
    await send(attestation, malleated(proof));
    await send(malleated(attestation), proof);
    assert.deepEqual(
      events.map(({ code }) => code),
      [undefined, 'tokens.proof_replayed', 'tokens.proof_attestation_mismatch'],
    );
  });

  test('28: two tokens of one key, one proof: only the covered one passes', async () => {
    const [older, newer] = [tokenFor({ assurance: 'high' }), tokenFor({ assurance: 'low' })];
    const proof = await proofFor({ attestation: newer });
    const swapped: HeaderList = [
      ['OAuth-Client-Attestation', older],
      ['DPoP', proof],
    ];
    assert.equal(codeOf(await verified(swapped)), 'invalid_dpop_proof');
  });

  test('a proof without att_h passes only where that is spelled out', async () => {
    const headers: HeaderList = [
      ['OAuth-Client-Attestation', tokenFor()],
      ['DPoP', await proofFor({})],
    ];
    assert.equal((await verified(headers)).outcome, 'refused');
    assert.equal((await verified(headers, { dangerouslyAcceptUncoveredAttestation: true })).outcome, 'admitted');
  });

  test('two APIs of one appraisal: each refuses the other’s token', async () => {
    const audiences = [ORIGIN, 'https://cards.example.com'];
    for (const audience of audiences) {
      for (const publicOrigin of audiences) {
        const attestation = tokenFor({ audience });
        const url = `${publicOrigin}/pay`;
        const proof = await proofFor({ attestation, url, nonce: nonceAt(NOW, publicOrigin) });
        const headers: HeaderList = [
          ['OAuth-Client-Attestation', attestation],
          ['DPoP', proof],
        ];
        const result = await verified(headers, { audience: publicOrigin, publicOrigin });
        assert.equal(result.outcome === 'admitted', audience === publicOrigin);
      }
    }
  });

  test('36: a flood of unknown key names costs four look-ups in two minutes and no good request', async () => {
    let now = NOW;
    let fetches = 0;
    const fetch = async (): Promise<Response> => {
      fetches += 1;
      return Response.json(jwks);
    };
    const { jwks: _, ...options } = optionsFor({ clock: () => now, fetch });
    const verifier = createVerifier(options);
    for (let second = 0; second < 120; second += 1) {
      const flood = Array.from({ length: 25 }, () => verifier.verifyRequest(requestWith(forged())));
      const results = await Promise.all(flood);
      assert.ok(results.every((result) => codeOf(result) === 'invalid_token'));
      now += 1000;
    }
    assert.ok(fetches <= 4, `${fetches} look-ups`);
    const attestation = tokenFor({}, now);
    const proof = await proofFor({ attestation, nonce: nonceAt(now) });
    const good: HeaderList = [
      ['OAuth-Client-Attestation', attestation],
      ['DPoP', proof],
    ];
    assert.equal((await verifier.verifyRequest(requestWith(good))).outcome, 'admitted');
  });

  test('31: where nonces are offered, a key that was given one must use one', async () => {
    const verifier = createVerifier(optionsFor({ nonce: 'offered' }));
    const send = async (nonce?: string): Promise<Result> =>
      verifier.verifyRequest(requestWith(await goodHeaders({ nonce })));
    const first = await send();
    assert.ok(first.outcome === 'admitted');
    assert.equal(codeOf(await send()), 'use_dpop_nonce');
    assert.equal((await send(first.headers['dpop-nonce'])).outcome, 'admitted');
  });

  test('35: a revocation counts for remembered tokens too, and only a plain no admits', async () => {
    const revoked = new Set<string>();
    const verifier = createVerifier(optionsFor({ isRevoked: ({ tokenId }) => revoked.has(tokenId) }));
    const attestation = tokenFor();
    const send = async (): Promise<Result> =>
      verifier.verifyRequest(
        requestWith([
          ['OAuth-Client-Attestation', attestation],
          ['DPoP', await proofFor({ attestation })],
        ]),
      );
    const first = await send();
    assert.ok(first.outcome === 'admitted');
    revoked.add(first.attestation.tokenId);
    assert.equal(codeOf(await send()), 'attestation_denied');
    // What a caller without a compiler may write.
    const forgetful = (): boolean => JSON.parse('null');
    assert.equal(codeOf(await verified(await goodHeaders(), { isRevoked: forgetful })), 'attestation_denied');
  });
});

describe('stages', () => {
  const rows: readonly [
    name: string,
    headers: () => Promise<HeaderList>,
    extra: Partial<VerifierOptions>,
    soft: string,
  ][] = [
    ['no token', async () => [], {}, 'unattested'],
    ['a user’s token alone', async () => [['Authorization', 'Bearer user-one']], {}, 'unattested'],
    ['a token that is too weak', () => goodHeaders(), { acr: 'high' }, 'unattested'],
    ['keys that cannot be had', () => goodHeaders(), { jwks: () => Promise.reject(new TypeError('no')) }, 'unattested'],
    ['a forged token', async () => forged(), {}, 'refused'],
    ['a proof by another key', () => goodHeaders({ key: otherKey }), {}, 'refused'],
    ['a proof without nonce', () => goodHeaders({ nonce: undefined }), {}, 'refused'],
    ['an app that is not listed', () => goodHeaders(), { apps: ['com.example.other'] }, 'refused'],
    ['a good request', () => goodHeaders(), {}, 'admitted'],
  ];
  for (const [name, headers, extra, soft] of rows) {
    test(name, async () => {
      const good = soft === 'admitted';
      const expected = {
        off: 'unattested',
        monitor: good ? soft : 'unattested',
        soft,
        enforce: good ? soft : 'refused',
      };
      for (const stage of STAGES) {
        const { options, events } = recorded({ ...extra, stage });
        const result = await createVerifier(options).verifyRequest(requestWith(await headers()));
        assert.equal(result.outcome, expected[stage], stage);
        assert.deepEqual(
          events.map(({ outcome }) => outcome),
          stage === 'off' ? [] : [expected[stage]],
        );
        if (stage !== 'off') assert.equal(events[0]?.code === undefined, good);
      }
    });
  }

  test('monitor hands out nonces all the same, so that apps can learn to use them', async () => {
    const result = await verified(await goodHeaders({ nonce: undefined }), { stage: 'monitor' });
    assert.equal(result.outcome, 'unattested');
    assert.ok(result.headers['dpop-nonce']);
  });

  test('a crash is no decision: it rejects, and monitor alone goes on', async () => {
    const isRevoked = (): never => {
      throw new TypeError('a fault of the caller');
    };
    const headers = await goodHeaders();
    await assert.rejects(verified(headers, { isRevoked }), TypeError);
    await assert.rejects(verified(headers, { isRevoked, stage: 'soft' }), TypeError);
    const { options, events } = recorded({ isRevoked, stage: 'monitor' });
    assert.equal((await createVerifier(options).verifyRequest(requestWith(headers))).outcome, 'unattested');
    assert.equal(events[0]?.code, 'middleware.check_crashed');
  });
});

describe('events', () => {
  test('hold no token, proof, nonce or path', async () => {
    const { options, events } = recorded();
    const verifier = createVerifier(options);
    const sent = [
      await goodHeaders(),
      await goodHeaders({ key: otherKey }),
      forged(),
      await goodHeaders({ nonce: 'x' }),
    ];
    for (const headers of sent) await verifier.verifyRequest(requestWith(headers, '/pay?secret=1'));
    const text = JSON.stringify(events);
    const parts = sent.flatMap((headers) => headers.flatMap(([, value]) => value.split('.')));
    assert.equal(events.length, 4);
    assert.deepEqual(
      parts.filter((part) => part.length > 8 && text.includes(part)),
      [],
    );
    assert.ok(!text.includes('secret') && !text.includes(nonceAt().slice(0, 8)));
  });

  test('a listener that throws decides nothing', async () => {
    const onEvent = (): never => {
      throw new Error('the log is full');
    };
    assert.equal((await verified(await goodHeaders(), { onEvent })).outcome, 'admitted');
    assert.equal((await verified([], { onEvent })).outcome, 'refused');
    // A rejection that nobody takes would end the process, and this test with it.
    assert.equal((await verified([], { onEvent: async () => onEvent() })).outcome, 'refused');
  });
});

describe('a request that is checked again', () => {
  test('uses its proof once, and ends with its token', async () => {
    let now = NOW;
    const verifier = createVerifier(optionsFor({ clock: () => now }));
    const request = requestWith(await goodHeaders());
    assert.equal((await verifier.verifyRequest(request)).outcome, 'admitted');
    now += 329_000;
    assert.equal((await verifier.verifyRequest(request)).outcome, 'admitted');
    now += 2000;
    assert.equal(codeOf(await verifier.verifyRequest(request)), 'invalid_token');
  });

  test('meets a route that wants a nonce after one that did not', async () => {
    const verifier = createVerifier(optionsFor({ nonce: 'offered' }));
    const request = requestWith(await goodHeaders({ nonce: undefined }));
    assert.equal((await verifier.verifyRequest(request)).outcome, 'admitted');
    assert.equal(codeOf(await verifier.forRoute({ nonce: 'required' }).verifyRequest(request)), 'use_dpop_nonce');
  });
});

describe('routes', () => {
  test('keep the demands of the API that they do not change', async () => {
    const verifier = createVerifier(optionsFor({ acr: 'high' }));
    const result = await verifier.forRoute({ maxAge: 600 }).verifyRequest(requestWith(await goodHeaders()));
    assert.ok(result.outcome === 'refused');
    assert.deepEqual(result.problem.required, { acr: 'urn:assay:app:high', tier: 'warning', max_age: 600 });
  });

  test('say which tier they ask for', async () => {
    const verifier = createVerifier(optionsFor({ tier: 'affirming' }));
    const attestation = tokenFor({ tier: 'warning' });
    const headers: HeaderList = [
      ['OAuth-Client-Attestation', attestation],
      ['DPoP', await proofFor({ attestation })],
    ];
    const result = await verifier.verifyRequest(requestWith(headers));
    assert.ok(result.outcome === 'refused');
    assert.deepEqual(result.problem.required, { acr: 'urn:assay:app:low', tier: 'affirming' });
  });

  test('take both passing tiers unless they demand affirmed devices', async () => {
    const outcome = async (tier: 'affirming' | 'warning', demands: RouteDemands) => {
      const attestation = tokenFor({ tier });
      const headers: HeaderList = [
        ['OAuth-Client-Attestation', attestation],
        ['DPoP', await proofFor({ attestation })],
      ];
      const route = createVerifier(optionsFor()).forRoute(demands);
      return (await route.verifyRequest(requestWith(headers))).outcome;
    };
    assert.equal(await outcome('warning', {}), 'admitted');
    assert.equal(await outcome('warning', { tier: 'warning' }), 'admitted');
    assert.equal(await outcome('warning', { tier: 'affirming' }), 'refused');
    assert.equal(await outcome('affirming', { tier: 'affirming' }), 'admitted');
  });

  test('refuse a token of an outage unless they accept it', async () => {
    const attestation = tokenFor({ degraded: ['vendor_unavailable'] });
    const request = async () =>
      requestWith([
        ['OAuth-Client-Attestation', attestation],
        ['DPoP', await proofFor({ attestation })],
      ]);
    const verifier = createVerifier(optionsFor());
    const refused = await verifier.verifyRequest(await request());
    assert.equal(codeOf(refused), 'use_fresh_attestation');
    assert.equal((await verifier.forRoute({ degraded: 'accept' }).verifyRequest(await request())).outcome, 'admitted');
  });

  test('take installs that are let through unless they refuse them', async () => {
    const attestation = tokenFor({ admitted: 'soft', assurance: 'high' });
    const request = async () =>
      requestWith([
        ['OAuth-Client-Attestation', attestation],
        ['DPoP', await proofFor({ attestation })],
      ]);
    const verifier = createVerifier(optionsFor());
    assert.equal((await verifier.verifyRequest(await request())).outcome, 'admitted');
    const strict = verifier.forRoute({ unenforced: 'refuse' });
    assert.equal(codeOf(await strict.verifyRequest(await request())), 'attestation_denied');
    const ordinary = requestWith(await goodHeaders());
    assert.equal((await strict.verifyRequest(ordinary)).outcome, 'admitted');
  });

  test('refuse a demand by an unknown name or of an unknown kind', () => {
    const verifier = createVerifier(optionsFor());
    for (const demands of [
      { maxage: 5 },
      { acr: 'none' },
      { tier: 'none' },
      { maxAge: -1 },
      { keyProtection: [] },
      { stage: 'on' },
    ]) {
      assert.throws(() => verifier.forRoute(demands as object), withCode('middleware.options_invalid'));
    }
  });
});

/** A token of the right form with a key name out of thin air. */
function forged(): HeaderList {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const kid = Buffer.from(random(12)).toString('base64url');
  const header = part({ alg: 'ES256', typ: 'oauth-client-attestation+jwt', kid });
  return [['OAuth-Client-Attestation', `${header}.${part({})}.${Buffer.from(random(64)).toString('base64url')}`]];
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The other signature that ECDSA accepts for the same message: (r, n - s). */
function malleated(jws: string): string {
  const cut = jws.lastIndexOf('.') + 1;
  const signature = Buffer.from(jws.slice(cut), 'base64url');
  const s = ORDER - BigInt(`0x${signature.subarray(32).toString('hex')}`);
  const other = Buffer.concat([signature.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);
  return jws.slice(0, cut) + other.toString('base64url');
}
