import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { toPem } from '@assay/formats';
import { createVerifier, fromNode, type Verifier } from '@assay/middleware';
import { createLab } from '@assay/mitm';
import { ATTACKS, runAttacks } from '@assay/mitm/attacks';
import { generateSigningKey, issueToken } from '@assay/tokens';
import type { World } from '../../../src/command.ts';
import { openAttackLab } from '../../../src/mitm/attack/lab.ts';
import { openStaging, stagingOf } from '../../../src/mitm/attack/staging.ts';
import { createSpeech } from '../../../src/speech.ts';
import { random } from '../../../src/up/random.ts';

const CLIENT = join(import.meta.dirname, '../../commands/mitm/clients/attested.mjs');
const TAKEN_ELSEWHERE = ATTACKS.filter(({ needs }) => needs.every((need) => need === 'capture' || need === 'hold'));
const HOST = 'localhost';
const PATH = '/v1/balance';

/** What a staging of an operator's is: an API behind TLS of its own authority, and an issuer that publishes its keys. */
const lab = createLab({ clock: Date.now, random, hosts: [HOST] });
const issuerKey = generateSigningKey().key;
const { key: K, pkcs8 } = generateSigningKey();
let verifier: Verifier | undefined;
let open = false;
/** Instead of an API: what answers requests without a proof, or all of them. */
let hostile: { readonly toAll: boolean; readonly answer: (response: ServerResponse) => void } | undefined;
const server = createServer(async (request, response) => {
  const target = request.url ?? '';
  if (target.endsWith('/v1/jwks')) return void response.end(JSON.stringify({ keys: [issuerKey.publicJwk] }));
  if (hostile?.toAll || (hostile && request.headers['dpop'] === undefined)) return hostile.answer(response);
  const result = open ? undefined : await verifier?.verify(fromNode(request, target, target));
  if (result?.outcome !== 'refused') return void response.writeHead(200, result?.headers ?? {}).end('{}');
  response.writeHead(result.status, result.headers).end(JSON.stringify(result.problem));
});
let origin = '';

before(async () => {
  const { chain, key } = await lab.forge({}, { host: HOST, at: Date.now() });
  const cert = chain.map((der) => toPem(der, 'CERTIFICATE')).join('');
  server.setSecureContext({ cert, key: key.export({ format: 'pem', type: 'pkcs8' }) });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  origin = `https://${HOST}:${typeof address === 'object' ? address?.port : 0}`;
  const apps = ['com.example.bank'];
  const jwks = { keys: [{ kid: issuerKey.kid, ...issuerKey.publicJwk }] };
  verifier = createVerifier({
    issuer: issuer(),
    audience: origin,
    publicOrigin: origin,
    apps,
    shape: 'access_token',
    jwks,
  });
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const issuer = (): string => `${origin}/t/acme/e/staging`;

function world(): World {
  const quiet = { write: () => {} };
  const privateJwk = { ...K.publicJwk, d: scalarOf(pkcs8) };
  const token = issueToken(
    {
      ...{ type: 'at+jwt', iss: issuer(), audience: origin, app: 'com.example.bank', key: K.publicJwk, instance: 'i' },
      ...{ assurance: 'high', tier: 'affirming', keyProtection: 'hardware', platform: 'android', appVersion: '1' },
      ...{ attestedAt: Date.now(), freshAt: Date.now(), policy: 'strict@1' },
    },
    { signingKey: issuerKey, at: Date.now(), random },
  );
  return {
    ...{ speech: createSpeech({ stdout: quiet, stderr: quiet }, { json: true, color: false }), now: Date.now },
    ...{ env: { PATH: process.env['PATH'], TOKEN: token, KEY: JSON.stringify(privateJwk) }, cwd: tmpdir() },
    ...{ stdin: Readable.from([]), signal: new AbortController().signal, onHangup: () => {} },
  };
}

async function attacked(only: readonly string[], isControlled = true): Promise<Readonly<Record<string, string>>> {
  const command = `"${process.execPath}" "${CLIENT}"`;
  const staging = { api: new URL(origin + PATH), issuer: new URL(issuer()), command, authorities: lab.authority.pem };
  const { scene, stop } = await openStaging(world(), staging);
  try {
    const attacks = ATTACKS.filter(({ id }) => only.includes(id));
    const { results, control } = await runAttacks({ scene, attacks });
    assert.deepEqual(control, { before: isControlled, after: isControlled });
    return Object.fromEntries(results.map(({ attack, outcome }) => [attack.id, outcome]));
  } finally {
    await stop();
  }
}

describe('attacks on a staging of an operator’s', () => {
  it('are refused there by the public codes', async () => {
    const found = await attacked([
      'token-alone',
      'shape-bearer',
      'shape-hmac',
      'proof-replayed',
      'proof-query',
      'token-expired',
    ]);
    assert.deepEqual(found, {
      ...{ 'token-alone': 'refused', 'shape-bearer': 'refused', 'shape-hmac': 'refused' },
      ...{ 'proof-replayed': 'refused', 'proof-query': 'refused', 'token-expired': 'not-reached' },
    });
  });

  it('succeed where nothing is checked', async () => {
    open = true;
    try {
      assert.deepEqual(await attacked(['token-alone', 'proof-method']), {
        ...{ 'token-alone': 'succeeded', 'proof-method': 'succeeded' },
      });
    } finally {
      open = false;
    }
  });

  it('prove nothing where something answers that is no API of ours', async () => {
    const junk = JSON.stringify({ code: 'x'.repeat(100_000), support: { a: 1 }, message: 'eyJ' });
    for (const [answer, outcome] of [
      [(response: ServerResponse) => response.writeHead(401).end('<html>'), 'other-reason'],
      [(response: ServerResponse) => response.writeHead(499, { 'content-type': 'x' }).end(junk), 'other-reason'],
      [(response: ServerResponse) => response.writeHead(401).end('.'.repeat(3_000_000)), 'not-reached'],
      [(response: ServerResponse) => response.destroy(), 'not-reached'],
    ] as const) {
      hostile = { toAll: false, answer };
      assert.deepEqual(await attacked(['token-alone']), { 'token-alone': outcome });
      if (outcome !== 'not-reached') continue;
      hostile = { toAll: true, answer };
      assert.deepEqual(await attacked(['token-alone'], false), { 'token-alone': 'not-reached' });
    }
    hostile = undefined;
  });

  it('know the public code of every reason that they expect', async () => {
    const { scene, stop } = await openAttackLab(Date.now);
    try {
      const blind = { ...scene, knowsReasons: false, reasonsOf: async () => [] };
      const { results } = await runAttacks({ scene: blind, attacks: TAKEN_ELSEWHERE });
      const others = results.filter(({ outcome }) => outcome !== 'refused');
      assert.deepEqual(
        others.map(({ attack, outcome, code }) => [attack.id, outcome, code]),
        [],
      );
      assert.ok(results.length >= 25, `${results.length} attacks`);
    } finally {
      await stop();
    }
  });

  it('take three options, and addresses of https', () => {
    const [api, at] = ['https://api.example.com/v1/me', 'https://attest.example.com/t/a/e/b'];
    assert.equal(stagingOf({}), undefined);
    assert.equal(stagingOf({ api, issuer: at, exec: 'app' })?.api.href, api);
    for (const values of [
      { api },
      { api, issuer: at },
      { api, issuer: at, exec: '' },
      { api: 'http://a.example', issuer: at, exec: 'x' },
    ]) {
      assert.throws(() => stagingOf(values), { code: 'cli.usage' });
    }
  });
});

function scalarOf(der: Uint8Array): string {
  const { d = '' } = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' }).export({
    format: 'jwk',
  });
  return d;
}
