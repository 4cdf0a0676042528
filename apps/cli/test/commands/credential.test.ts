import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { assay, createFolder, inProcess, type Transcript } from '../support/assay.ts';
import { type RunningServer, startServer } from '../support/server.ts';

// Credentials of a running server: made into a file, used, listed, revoked.

const DAY_MS = 86_400_000;

describe('assay credential', () => {
  const folder = createFolder({ 'taken.token': 'kept' });
  const file = (name: string) => join(folder, name);
  let server: RunningServer;
  before(async () => {
    server = await startServer(folder);
  });
  after(() => server.stop());

  const run = (args: readonly string[]) => assay(folder, [...args, '--server', server.operatorUrl]);
  const call = (args: readonly string[], credential = file('.assay/operator-token')): Promise<Transcript> =>
    inProcess([...args, '--server', server.operatorUrl], { env: { ASSAY_CREDENTIAL_FILE: credential } });
  const json = async (args: readonly string[]) => JSON.parse((await call([...args, '--json'])).stdout);
  const isThere = async (id: string) =>
    (await json(['credential', 'list'])).credentials.some((each: { readonly id: string }) => each.id === id);

  it('makes one that works, for this user alone and never shown', async () => {
    const made = await run(['credential', 'add', 'ben', '--scopes', 'read,policies', '--out', 'ben.token']);
    assert.deepEqual([made.code, made.stderr], [0, '']);
    assert.match(made.stdout, /^credential ben may read, policies until \S+Z\n {2}token {2}ben\.token\n$/);
    const token = readFileSync(file('ben.token'), 'utf8').trim();
    assert.match(token, /^assay_admin_/);
    assert.ok(!made.stdout.includes('assay_admin_'));
    if (process.platform !== 'win32') assert.equal(statSync(file('ben.token')).mode & 0o777, 0o600);
    const used = await call(['policy', 'show', '--issuer', 'main/dev'], file('ben.token'));
    assert.equal(used.code, 0, used.stderr);
  });

  it('makes one for as long as asked', async () => {
    const args = ['credential', 'add', 'ci', '--scopes', 'apps', '--for', '2w', '--out', file('ci.token')];
    const { stdout } = await call([...args, '--json']);
    const { schema, id, scopes, expiresAt, file: out } = JSON.parse(stdout);
    assert.deepEqual([schema, id, scopes, out], ['assay.credential.add/1', 'ci', ['apps'], file('ci.token')]);
    const { credentials } = await json(['credential', 'list']);
    const { createdAt } = credentials.find((each: { readonly id: string }) => each.id === 'ci');
    assert.ok(Math.abs(expiresAt - createdAt - 14 * DAY_MS) < 60_000);
    assert.ok(!stdout.includes('assay_admin_'));
  });

  it('lists them without tokens', async () => {
    const { code, stdout, stderr } = await run(['credential', 'list']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^ben {2}read, policies {2}until \S+Z$/m);
    assert.match(stdout, /^first-operator {2}read, .*credentials {2}without an end$/m);
    assert.doesNotMatch(stdout, /assay_admin_|digest/);
    assert.equal((await json(['credential', 'list'])).schema, 'assay.credential.list/1');
  });

  it('gives nobody more for lack of the scope', async () => {
    const args = ['credential', 'add', 'eve', '--scopes', 'credentials', '--out', file('eve.token')];
    const { code, stdout, stderr } = await call(args, file('ben.token'));
    assert.deepEqual([code, stdout], [5, '']);
    assert.match(stderr, /cli\.credential_refused\)\n {2}found: {4}403 scope_missing/);
    assert.equal(existsSync(file('eve.token')), false);
    assert.equal(await isThere('eve'), false);
  });

  it('never overwrites a file, nor makes a credential for it', async () => {
    const args = ['credential', 'add', 'dan', '--scopes', 'read', '--out', file('taken.token')];
    const { code, stderr } = await call(args);
    assert.deepEqual([code, /\((cli\.\w+)\)/.exec(stderr)?.[1]], [2, 'cli.file_exists']);
    assert.equal(readFileSync(file('taken.token'), 'utf8'), 'kept');
    assert.equal(await isThere('dan'), false);
  });

  const wrong: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    ['without a name', ['--scopes', 'read', '--out', 'x.token'], 2, /cli\.usage/],
    ['without scopes', ['x', '--out', 'x.token'], 2, /--scopes/],
    ['without a file', ['x', '--scopes', 'read'], 2, /--out/],
    ['of a scope that is none', ['x', '--scopes', 'read,root', '--out', 'x.token'], 2, /cli\.server_refused/],
    ['of a name that is there', ['ben', '--scopes', 'read', '--out', 'x.token'], 2, /service\.conflict/],
    ['for hours', ['x', '--scopes', 'read', '--for', '36h', '--out', 'x.token'], 2, /whole days/],
    ['for years', ['x', '--scopes', 'read', '--for', '366d', '--out', 'x.token'], 2, /365d/],
    ['into no folder', ['x', '--scopes', 'read', '--out', 'none/x.token'], 3, /cli\.file_unreadable/],
  ];
  for (const [name, args, exit, talk] of wrong) {
    it(`makes none ${name}, and leaves no file`, async () => {
      const given = args.map((each) => (each.endsWith('.token') ? file(each) : each));
      const { code, stdout, stderr } = await call(['credential', 'add', ...given]);
      assert.deepEqual([code, stdout], [exit, ''], stderr);
      assert.match(stderr, talk);
      assert.doesNotMatch(stderr, /assay_admin_|\n {4}at /);
      assert.equal(existsSync(file('x.token')), false);
      assert.equal(await isThere('x'), false);
    });
  }

  it('revokes one at once', async () => {
    const revoked = await run(['credential', 'revoke', 'ben']);
    assert.deepEqual(revoked, { code: 0, stdout: 'credential ben is revoked\n', stderr: '' });
    assert.equal((await call(['policy', 'show', '--issuer', 'main/dev'], file('ben.token'))).code, 5);
    assert.match((await call(['credential', 'list'])).stdout, /^ben {2}read, policies {2}revoked \S+Z$/m);
    const again = await call(['credential', 'revoke', 'ben']);
    assert.deepEqual([again.code, /\((http\.\w+)\)/.exec(again.stderr)?.[1]], [2, 'http.credential_unknown']);
    assert.equal((await json(['credential', 'revoke', 'ci'])).schema, 'assay.credential.revoke/1');
  });
});
