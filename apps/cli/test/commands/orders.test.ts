import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { TestRoots } from '@assay/virtual-devices';
import { assay, createFolder, inProcess, type Transcript } from '../support/assay.ts';
import { enrolPhone, enrolSimulator, registration, testTrust, VIRTUAL_APP } from '../support/phones.ts';
import { type RunningServer, startServer } from '../support/server.ts';

// Bans, passes, grants, replays and support codes against a running server, as people on duty call them.

const APP = VIRTUAL_APP.package;
const WHY = ['--reason', 'case 4711'];

describe('assay, on duty', () => {
  const folder = createFolder(registration({ dev: true }));
  const file = (name: string) => join(folder, name);
  let server: RunningServer;
  let roots: TestRoots;
  before(async () => {
    const trust = testTrust(folder);
    roots = trust.roots;
    server = await startServer(folder, trust.args);
    await call(['api', 'register', file('api.json')]);
    await call(['app', 'register', file('app.json')]);
  });
  after(() => server.stop());

  const place = () => ['--server', server.operatorUrl, '--issuer', 'main/dev'];
  const run = (args: readonly string[]) => assay(folder, [...args, ...place()]);
  const call = (args: readonly string[], credential = file('.assay/operator-token')): Promise<Transcript> =>
    inProcess([...args, ...place()], { env: { ASSAY_CREDENTIAL_FILE: credential } });
  const json = async (args: readonly string[]) => JSON.parse((await call([...args, '--json'])).stdout);
  const changeApp = async (change: object) => {
    writeFileSync(
      file('app.json'),
      JSON.stringify({ ...JSON.parse(readFileSync(file('app.json'), 'utf8')), ...change }),
    );
    assert.equal((await call(['app', 'register', file('app.json')])).code, 0);
  };

  it('bans by what the evidence names, and says loudly that this is not at once', async () => {
    assert.equal((await enrolPhone(server, roots)).status, 200);
    const banned = await run(['ban', 'add', '--signer', VIRTUAL_APP.signer, '--app', APP, '--for', '52w', ...WHY]);
    assert.deepEqual([banned.code, banned.stderr], [0, '']);
    const [line = '', loud, token, reinstall] = banned.stdout.split('\n');
    assert.equal(reinstall, 'It names no single install, so a reinstall changes nothing.');
    assert.match(line, /^ban [0-9a-f]{32} is in force until \S+Z: signer (ab){32} of com\.example\.bank$/);
    assert.equal(loud, 'A BAN WORKS AT THE NEXT REFRESH, not at once:');
    assert.match(token ?? '', /goes on for at most 240 s, the longest life of a token of com\.example\.bank$/);
    const { status, support } = await enrolPhone(server, roots);
    assert.equal(status, 403);
    const shown = await call(['device', 'show', support]);
    assert.match(
      shown.stdout,
      /\nOrders that had a say\n[0-9a-f]{32} {2}signer (ab){32} of com\.example\.bank {2}until .*\n {2}by first-operator at \S+: case 4711\n/,
    );
    assert.match(shown.stdout, /^contraindicated, assurance none {2}service\.banned/m);
    assert.match(shown.stdout, /\nOrders in force now\n/);
    const listed = await call(['ban', 'list']);
    const [, id = ''] = /^([0-9a-f]{32}) {2}signer /.exec(listed.stdout) ?? [];
    assert.equal((await call(['ban', 'remove', id])).stdout, `ban ${id} has ended\n`);
    assert.deepEqual(await call(['ban', 'list']), { code: 0, stdout: '', stderr: 'no ban is in force\n' });
    assert.match((await call(['ban', 'list', '--all'])).stdout, new RegExp(`^${id} .* ended `));
    assert.equal((await json(['ban', 'list', '--all'])).orders.length, 1);
  });

  it('lets one install through, and shows why', async () => {
    const refused = await enrolPhone(server, roots, ['unlocked-bootloader']);
    assert.equal(refused.status, 403);
    const given = await run(['pass', 'add', '--code', refused.support, '--for', '3d', ...WHY]);
    assert.deepEqual([given.code, given.stderr], [0, '']);
    assert.match(
      given.stdout,
      /^pass [0-9a-f]{32} is in force until \S+Z: lineage \S+ of com\.example\.bank\nA PASS WORKS AT THE NEXT REFRESH/,
    );
    const { stdout } = await call(['device', 'show', refused.support]);
    assert.match(
      stdout,
      /^com\.example\.bank {2}\S+Z {2}enrol\n {2}event +[0-9a-f]{32}\n {2}install +\S{22}\n {2}key +\S{43}\n/,
    );
    assert.match(stdout, /^ {2}✖ android\.locked +policy\.bootloader_unlocked: expected .*, found .*\(proven\)$/m);
    assert.match(stdout, /^ {2}device\.locked +false \(proven\)$/m);
    assert.match(stdout, /^ {2}roll-out: enforce$/m);
    assert.match(stdout, /\nOrders in force now\n/);
    const [pass] = (await json(['pass', 'list'])).orders;
    assert.equal((await call(['pass', 'remove', pass.id])).code, 0);
  });

  it('makes stored decisions again, and says how', async () => {
    const first = await enrolPhone(server, roots);
    const evaluated = await run(['evidence', 'replay', first.support]);
    assert.deepEqual([evaluated.code, evaluated.stderr], [0, '']);
    assert.match(
      evaluated.stdout,
      /^[0-9a-f]{32} {2}\S+ {2}\S+Z {2}policy strict@1\nEVALUATED AGAIN, from the stored facts: no evidence is kept\nSAME {2}affirming, assurance high\n$/,
    );
    await changeApp({ retainEvidenceDays: 1, shadows: ['no-google'], rollout: { stage: 'monitor' } });
    const { support } = await enrolPhone(server, roots, ['unlocked-bootloader']);
    const verified = await call(['evidence', 'replay', support]);
    assert.match(
      verified.stdout,
      /\nVERIFIED AGAIN, from the evidence that was kept\nSAME {2}contraindicated, assurance none/,
    );
    const { appraisal, mode, schema } = await json(['evidence', 'replay', support]);
    assert.deepEqual([schema, mode], ['assay.evidence.replay/1', 'reverified']);
    assert.equal((await call(['evidence', 'replay', appraisal])).stdout, verified.stdout);
    const { stdout } = await call(['device', 'show', support]);
    assert.match(stdout, /^ {2}shadow no-google@1: .*\n/m);
    assert.match(stdout, /^ {2}roll-out: monitor$/m);
    assert.match(stdout, /\nLET THROUGH all the same: monitor\n/);
  });

  it('gives simulators leave to enrol, with a key that never leaves this machine', async () => {
    const args = ['dev', 'grant', '--app', APP, '--uses', '100', '--for', '24h', '--label', 'CI'];
    const granted = await run([...args, '--out', 'grant.json']);
    assert.deepEqual([granted.code, granted.stderr], [0, '']);
    const [, id = ''] =
      /^grant ([0-9a-f]{32}) for com\.example\.bank: 100 enrolments until \S+Z\n {2}private half {2}grant\.json\n$/.exec(
        granted.stdout,
      ) ?? [];
    const kept = JSON.parse(readFileSync(file('grant.json'), 'utf8'));
    assert.deepEqual([kept.schema, kept.grant, kept.app, kept.issuer], ['assay.dev-grant/1', id, APP, 'main/dev']);
    if (process.platform !== 'win32') assert.equal(statSync(file('grant.json')).mode & 0o777, 0o600);
    const again = await call([...args, '--out', file('grant.json')]);
    assert.deepEqual([again.code, /\((cli\.\w+)\)/.exec(again.stderr)?.[1]], [2, 'cli.file_exists']);
    const listed = await call(['dev', 'grants']);
    assert.match(listed.stdout, new RegExp(`^${id} {2}com\\.example\\.bank {2}CI {2}0 of 100 used, until \\S+Z\n$`));
    const enrolled = await enrolSimulator(server, roots, file('grant.json'));
    assert.equal(enrolled.status, 200);
    assert.match((await call(['dev', 'grants'])).stdout, /^\S+ {2}\S+ {2}CI {2}1 of 100 used, /);
    for (const { stdout, stderr } of [granted, again, listed]) assert.ok(!(stdout + stderr).includes(kept.key.d));
    assert.equal((await call(['dev', 'revoke', id])).stdout, `grant ${id} is revoked\n`);
    assert.equal((await enrolSimulator(server, roots, file('grant.json'))).status, 403);
    const replayed = await call(['evidence', 'replay', enrolled.support]);
    assert.match(replayed.stdout, /\nVERIFIED AGAIN, .*\nSAME /, 'the grant was in force then');
    assert.match((await call(['dev', 'grants'])).stdout, /revoked \S+Z\n$/);
  });

  it('takes a grant back whose key could not be written', async () => {
    const out = join(folder, 'no-such-folder', 'grant.json');
    const { code, stderr } = await call(['dev', 'grant', '--app', APP, '--uses', '1', '--for', '1h', '--out', out]);
    assert.equal(code, 3, stderr);
    assert.equal(existsSync(out), false);
    assert.match((await call(['dev', 'grants'])).stdout.split('\n')[1] ?? '', /revoked/);
  });

  it('shows whom the server believes', async () => {
    const { stdout } = await call(['trust', 'show']);
    assert.match(stdout, /^anchors test\n/);
    assert.equal((await json(['trust', 'show'])).schema, 'assay.trust.show/1');
  });

  it('does none of it for a credential that may only read', async () => {
    const token = readFileSync(file('.assay/operator-token'), 'utf8').trim();
    const made = await fetch(`${server.operatorUrl}/admin/v1/credentials`, {
      ...{ method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } },
      body: JSON.stringify({ id: 'reader', scopes: ['read'] }),
    });
    writeFileSync(file('reader'), JSON.parse(await made.text()).token);
    const id = '0'.repeat(32);
    const acts: readonly (readonly string[])[] = [
      ['ban', 'add', '--model', 'X', '--for', '1h', ...WHY],
      ['ban', 'remove', id],
      ['pass', 'add', '--instance', 'A'.repeat(43), '--for', '1h', ...WHY],
      ['enforce', 'off', '--app', APP, '--for', '1h', ...WHY],
      ['policy', 'rollback', 'house', '--to', '1'],
      ['policy', 'withdraw', id],
      ['policy', 'assign', 'permissive', '--instance', 'A'.repeat(43), '--for', '1h', ...WHY],
      ['dev', 'grant', '--app', APP, '--uses', '1', '--for', '1h', '--out', file('stolen.json')],
      ['dev', 'revoke', id],
      ['evidence', 'replay', id],
      ['app', 'register', file('app.json')],
    ];
    for (const args of acts) {
      const { code, stdout, stderr } = await call(args, file('reader'));
      assert.deepEqual([code, stdout], [5, ''], args.join(' '));
      assert.match(stderr, /cli\.credential_refused\)\n {2}found: {4}403 scope_missing/);
    }
    assert.equal(existsSync(file('stolen.json')), false);
  });

  const wrong: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    ['a ban of nobody', ['ban', 'add', '--for', '1h', ...WHY], 2, /whom it is about is not clear/],
    [
      'a ban of two at once',
      ['ban', 'add', '--model', 'X', '--network', '192.0.2.0/24', '--for', '1h', ...WHY],
      2,
      /not clear/,
    ],
    ['a ban without an end', ['ban', 'add', '--model', 'X', ...WHY], 2, /--for/],
    ['a ban without a reason', ['ban', 'add', '--model', 'X', '--for', '1h'], 2, /--reason/],
    [
      'a reason that is nothing',
      ['ban', 'add', '--model', 'X', '--for', '1h', '--reason', ' '],
      2,
      /cli\.server_refused/,
    ],
    [
      'a ban of half the internet',
      ['ban', 'add', '--network', '0.0.0.0/1', '--for', '1h', ...WHY],
      2,
      /service\.order_refused/,
    ],
    ['a pass for a model', ['pass', 'add', '--model', 'X', '--for', '1h', ...WHY], 2, /Unknown option '--model'/],
    ['a pass for a month', ['pass', 'add', '--instance', 'A'.repeat(43), '--for', '30d', ...WHY], 2, /order_refused/],
    [
      'an install that nobody knows',
      ['pass', 'add', '--instance', 'A'.repeat(43), '--for', '1h', ...WHY],
      2,
      /order_target_unknown/,
    ],
    ['an order that is not there', ['ban', 'remove', '0'.repeat(32)], 2, /service\.order_unknown/],
    ['a path for an order', ['ban', 'remove', '../../credentials/x'], 2, /cli\.server_refused/],
    [
      'a grant for an unknown app',
      ['dev', 'grant', '--app', 'x', '--uses', '1', '--for', '1h', '--out', 'y'],
      2,
      /app_unknown/,
    ],
    ['a grant without an end', ['dev', 'grant', '--app', APP, '--uses', '1', '--out', 'y'], 2, /--for/],
    [
      'a grant of all uses',
      ['dev', 'grant', '--app', APP, '--uses', '1e9', '--for', '1h', '--out', 'y'],
      2,
      /--uses is out of range/,
    ],
    ['an event that is not there', ['evidence', 'replay', '0'.repeat(32)], 2, /service\.appraisal_unknown/],
    ['an event that is a slip', ['evidence', 'replay', '7KQ2M-9XR4T-0'], 2, /tokens\.support_code_invalid/],
  ];
  for (const [name, args, exit, talk] of wrong) {
    it(`refuses ${name}`, async () => {
      const { code, stdout, stderr } = await call(args);
      assert.deepEqual([code, stdout], [exit, ''], stderr);
      assert.match(stderr, talk);
      assert.doesNotMatch(stderr, /assay_admin_|\n {4}at /);
    });
  }
});
