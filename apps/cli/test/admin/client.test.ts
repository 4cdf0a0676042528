import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createFolder, inProcess } from '../support/assay.ts';

// What a server may answer that is none of ours, or that no longer tells the truth.

const TOKEN = `assay_admin_${'A'.repeat(43)}`;
const CHECK = {
  check: 'apple.nonce',
  clause: 'step 3',
  proves: 'the nonce fits',
  outcome: 'failed',
  code: 'apple.nonce_mismatch',
};
const RULE = { rule: 'ios.environment', outcome: 'held', expected: 'production', found: 'production', known: 'proven' };
const SAID = { ...RULE, rule: 'app', found: 'app.id = x (proven)' };
const VERDICT = {
  tier: 'none',
  assurance: 'none',
  policy: 'strict@1',
  reasons: ['apple.nonce_mismatch'],
  trace: [RULE, SAID],
};
const APPRAISAL = { app: 'com.example\u001b[2J', at: 0, purpose: 'enrol', checks: [CHECK], verdict: VERDICT };

type Answer = readonly [status: number, body: string, headers?: Readonly<Record<string, string>>];

describe('answers of a server', () => {
  const folder = createFolder({ token: TOKEN });
  const seen: { readonly url: string; readonly authorization: string }[] = [];
  let answer: Answer = [200, '{}'];
  let server: Server;
  let address: string;

  before(async () => {
    const listener: RequestListener = ({ url = '', headers }, response) => {
      seen.push({ url, authorization: headers.authorization ?? '' });
      const [status, body, more = {}] = answer;
      response.writeHead(status, more).end(body);
    };
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const bound = server.address();
    address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`;
  });
  after(() => server.close());

  const ask = (given: Answer, ...args: string[]) => {
    answer = given;
    return inProcess([...args, '--server', address, '--credential-file', join(folder, 'token')]);
  };

  it('finds server, issuer and credential in the environment, and an option wins', async () => {
    answer = [200, '[]'];
    const place = { ASSAY_SERVER: address, ASSAY_ISSUER: 'acme/dev', ASSAY_CREDENTIAL_FILE: join(folder, 'token') };
    assert.equal((await inProcess(['app', 'list'], { env: place })).code, 0);
    assert.equal(seen.at(-1)?.url, '/admin/v1/t/acme/e/dev/apps');
    assert.equal((await inProcess(['app', 'list', '--issuer', 'acme/prod'], { env: place })).code, 0);
    assert.equal(seen.at(-1)?.url, '/admin/v1/t/acme/e/prod/apps');
  });

  it('sends the credential in its header and names issuer and operand in the path, escaped', async () => {
    const body = JSON.stringify({ appraisal: null, rejection: null });
    await ask([200, body], 'device', 'show', '../a?b#c', '--issuer', 'acme/prod');
    assert.deepEqual(seen.at(-1), {
      url: '/admin/v1/t/acme/e/prod/support/..%2Fa%3Fb%23c',
      authorization: `Bearer ${TOKEN}`,
    });
  });

  const rows: readonly (readonly [string, Answer, number, RegExp])[] = [
    [
      'text in place of JSON',
      [200, '<html>hunter2'],
      3,
      /cli\.server_answer_unknown\)\n {2}found: {4}status 200 without JSON/,
    ],
    ['other members', [200, '{"rows":"many"}'], 3, /status 200 with other members/],
    ['more than anybody sends', [200, `"${'x'.repeat(17 << 20)}"`], 3, /without JSON/],
    [
      'a fault of its own',
      [500, '{"code":"server_misconfigured","title":"Fault"}'],
      3,
      /500 server_misconfigured: Fault/,
    ],
    ['a refusal in words of its own', [400, '{"code":"odd"}'], 2, /cli\.server_refused\)\n {2}found: {4}400 odd/],
    ['a lacking scope', [403, '{"code":"scope_missing","title":"lacks read"}'], 5, /403 scope_missing: lacks read/],
    [
      'a reason with its next step',
      [400, '{"code":"x","detail":"pins.rollback: too old; expected 3; next: raise it"}'],
      2,
      /too old; expected 3 \(pins\.rollback\)\n {2}next: {5}raise it/,
    ],
    ['escape sequences', [400, '{"code":"x","title":"\\u001b[2J\\u0007gone"}'], 2, /400 x: {1,2}gone/],
  ];
  for (const [name, given, exit, said] of rows) {
    it(`ends with ${exit} for ${name}`, async () => {
      const { code, stdout, stderr } = await ask(given, 'audit', 'verify');
      assert.deepEqual([code, stdout], [exit, ''], stderr);
      assert.match(stderr, said);
      assert.equal(/hunter2|assay_admin_|\n {4}at /.test(stderr) || stderr.includes('\u001b'), false);
    });
  }

  it('never follows a redirect, which would take the credential along', async () => {
    const before = seen.length;
    const { code } = await ask([307, '', { location: `${address}/elsewhere` }], 'app', 'list');
    assert.deepEqual([code, seen.length - before], [3, 1]);
  });

  it('says no for a chain that is broken', async () => {
    const { code, stdout } = await ask([200, '{"rows":4,"brokenAt":5}'], 'audit', 'verify');
    assert.deepEqual([code, stdout], [1, 'BROKEN  row 5 does not follow from the 4 rows before it\n']);
  });

  it('shows an appraisal check by check and rule by rule', async () => {
    const body = JSON.stringify({ appraisal: APPRAISAL, rejection: null });
    const { code, stdout } = await ask([200, body], 'device', 'show', '7KQ2M-9XR4T-V');
    assert.equal(code, 0);
    assert.equal(
      stdout,
      [
        'com.example  1970-01-01T00:00:00.000Z  enrol',
        'Evidence',
        '  ✖ apple.nonce  the nonce fits',
        '                 reason   apple.nonce_mismatch',
        '                 clause   step 3',
        'Policy strict@1',
        '  ✔ ios.environment  production (proven)',
        '  ✔ app              app.id = x (proven)',
        'none, assurance none  apple.nonce_mismatch',
        '',
      ].join('\n'),
    );
  });

  it('says what to do where there is no app yet', async () => {
    const { code, stdout, stderr } = await ask([200, '[]'], 'app', 'list');
    assert.deepEqual([code, stdout], [0, '']);
    assert.match(stderr, /assay app register FILE/);
  });
});
