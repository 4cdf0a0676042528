import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { presetOf } from '@assay/policy';
import type { TestRoots } from '@assay/virtual-devices';
import { assay, createFolder, inProcess, type Transcript } from '../../support/assay.ts';
import { enrolPhone, registration, testTrust, VIRTUAL_APP } from '../../support/phones.ts';
import { type RunningServer, startServer } from '../../support/server.ts';

// Policies of a running server, one step after the other as a security engineer would take them.

const STRICT = (presetOf('strict')?.source ?? '').replace(/^name: .*$/m, 'name: house');
const LAX = STRICT.replace(/^ {2}- id: android\.locked\n(?: {4}.*\n)+/m, '');
const CLOSED = STRICT.replace(
  /^rules:$/m,
  `rules:
  - id: newest
    require: device.osPatch == "2031-01"
    otherwise: { tier: contraindicated, code: policy.os_too_old }
    why: A patch level of the future.
`,
);
const FILES = {
  ...registration(),
  ...{ 'strict.yaml': STRICT, 'lax.yaml': LAX, 'closed.yaml': CLOSED },
  'broken.yaml': STRICT.replace('device.locked', 'device.loked'),
};
const APP = VIRTUAL_APP.package;

describe('assay policy against a server', () => {
  const folder = createFolder(FILES);
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
  const call = (args: readonly string[], credential = file('.assay/operator-token'), stdin = ''): Promise<Transcript> =>
    inProcess([...args, ...place()], { stdin, env: { ASSAY_CREDENTIAL_FILE: credential } });
  const json = async (args: readonly string[]) => JSON.parse((await call([...args, '--json'])).stdout);
  const changeApp = async (change: object) => {
    writeFileSync(
      file('app.json'),
      JSON.stringify({ ...JSON.parse(readFileSync(file('app.json'), 'utf8')), ...change }),
    );
    return call(['app', 'register', file('app.json')]);
  };

  it('applies a policy, and says that nobody names it yet', async () => {
    const { code, stdout, stderr } = await run(['policy', 'apply', 'strict.yaml', '--version', '0']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(
      stdout,
      [
        'policy house, version 1, is in force',
        '  nothing that is judged by changes',
        '  lets in nothing that was refused before',
        '  no app names this policy, so nobody is judged by it yet',
        '',
      ].join('\n'),
    );
    const again = await run(['policy', 'apply', 'strict.yaml']);
    assert.match(again.stdout, /^policy house, version 1, is in force already, with this very text\n/);
    assert.doesNotMatch(again.stdout, /back:/);
    const looked = await call(['policy', 'apply', file('strict.yaml'), '--dry-run']);
    assert.match(looked.stdout, /^policy house, version 1, has this very text; nothing would change\n/);
    assert.equal((await json(['policy', 'apply', file('strict.yaml'), '--dry-run'])).unchanged, true);
    writeFileSync(file('commented.yaml'), `# Reviewed.\n${STRICT}`);
    const commented = await call(['policy', 'apply', file('commented.yaml'), '--dry-run']);
    assert.match(commented.stdout, /^policy house would become version 2; nothing is changed\n/);
  });

  it('says what a change does to the appraisals of the last days, and how to take it back', async () => {
    assert.equal((await changeApp({ policy: 'house' })).code, 0);
    for (let count = 0; count < 2; count++) assert.equal((await enrolPhone(server, roots)).status, 200);
    const looked = await call(['policy', 'apply', file('closed.yaml'), '--dry-run']);
    assert.equal(looked.code, 0, looked.stderr);
    assert.match(looked.stdout, /^policy house would become version 2; nothing is changed\n/);
    assert.match(looked.stdout, /^ {2}affects 2 appraisals a day, of com\.example\.bank$/m);
    assert.match(looked.stdout, /^ {2}newly refused 2 \(100\.0 % of those let in\), newly let in 0, of 2 appraisals/m);
    assert.match(looked.stdout, /^ {2}most of them: model Test Phone A1, 2$/m);
    const { version, loosens } = await json(['policy', 'apply', file('lax.yaml')]);
    assert.deepEqual([version, loosens], [2, 'yes']);
    const back = await call(['policy', 'apply', file('strict.yaml')]);
    assert.match(back.stdout, /^ {2}back: assay policy rollback house --to 2$/m);
  });

  it('shows the history, a version, the difference of two, and the way back', async () => {
    const history = await run(['policy', 'history', 'house']);
    assert.match(history.stdout, /^ {3}3 {2}\S+Z {2}\S+\n {3}2 {2}\S+Z {2}\S+\n {3}1 {2}/);
    const diff = await call(['policy', 'diff', 'house@1', 'house@2']);
    assert.match(diff.stdout, /^house@1 -> house@2\n {2}rules\.android\.locked\.\w+: .* -> \(none\)$/m);
    assert.match(diff.stdout, /LETS IN what was refused before/);
    assert.equal((await call(['policy', 'diff', 'house@1', 'house@2', '--fail-if-loosens'])).code, 1);
    assert.equal((await call(['policy', 'diff', 'house@2', file('strict.yaml'), '--fail-if-loosens'])).code, 0);
    const rolled = await call(['policy', 'rollback', 'house', '--to', '1']);
    assert.match(rolled.stdout, /^policy house, version 4, is in force\n/);
    assert.match((await call(['policy', 'history', 'house'])).stdout, /^ {3}4 .* with the text of version 1$/m);
    assert.equal((await call(['policy', 'show', 'house', '--source'])).stdout, STRICT.replace(/\n*$/, '\n'));
  });

  it('simulates over the facts of the server, or over a file of them', async () => {
    const simulate = (...more: readonly string[]) => ['policy', 'simulate', 'closed.yaml', '--app', APP, ...more];
    const { code, stdout, stderr } = await run(simulate('--since', '1d', '--samples', '1'));
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^house, against the verdicts as they were recorded\n2 appraisals of 2 installs, /);
    assert.match(stdout, /^newly refused 2, 100\.0 % of those let in, 2 installs\n {2}by rule +newest 2$/m);
    assert.match(stdout, /^ {4}newest: expected .*2031-01.*, found /m);
    assert.match(stdout, /^ {2}newest +2 +2 alone$/m);
    const limit = await call([
      'policy',
      'simulate',
      file('closed.yaml'),
      '--against',
      'house',
      '--fail-if-newly-rejected',
      '0.5%',
    ]);
    assert.equal(limit.code, 1);
    assert.match(limit.stdout, /NOT WITHIN --fail-if-newly-rejected 0\.5 %\n$/);
    const within = await call(['policy', 'simulate', file('lax.yaml'), '--fail-if-newly-rejected', '0.5%']);
    assert.equal(within.code, 0, within.stderr);
    const token = readFileSync(file('.assay/operator-token'), 'utf8').trim();
    const answer = await fetch(`${server.operatorUrl}/admin/v1/t/main/e/dev/facts?from=0&to=${Date.now() + 1}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const rows = await answer.text();
    writeFileSync(file('facts.ndjson'), rows);
    const offline = await inProcess([
      'policy',
      'simulate',
      file('closed.yaml'),
      '--facts',
      file('facts.ndjson'),
      '--json',
    ]);
    assert.equal(JSON.parse(offline.stdout).newlyRefused.appraisals, 2);
    const piped = await inProcess(
      ['policy', 'simulate', file('closed.yaml'), '--facts', '-', '--app', 'other', '--json'],
      { stdin: rows },
    );
    assert.equal(JSON.parse(piped.stdout).total.appraisals, 0);
  });

  it('lets another person approve what loosens an app that asks for two', async () => {
    await changeApp({ twoPersons: true });
    const token = readFileSync(file('.assay/operator-token'), 'utf8').trim();
    const made = await fetch(`${server.operatorUrl}/admin/v1/credentials`, {
      ...{ method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } },
      body: JSON.stringify({ id: 'ben', scopes: ['read', 'policies'] }),
    });
    writeFileSync(file('ben'), JSON.parse(await made.text()).token);
    const proposed = await call(['policy', 'apply', file('lax.yaml')]);
    assert.equal(proposed.code, 0);
    const [, id = ''] =
      /^proposal ([0-9a-f]{32}) waits for a second person; house@4 stays in force\n/.exec(proposed.stdout) ?? [];
    assert.match(proposed.stdout, new RegExp(`^ {2}another person: assay policy approve ${id}$`, 'm'));
    assert.match(
      (await call(['policy', 'show'])).stdout,
      new RegExp(`^proposal ${id} {2}house, from version 4, by `, 'm'),
    );
    const own = await call(['policy', 'approve', id]);
    assert.deepEqual([own.code, /\((service\.\w+)\)/.exec(own.stderr)?.[1]], [2, 'service.proposal_own']);
    const looked = await call(['policy', 'approve', id, '--dry-run'], file('ben'));
    assert.match(looked.stdout, /^house, from version 4, proposed by .*\n[\s\S]*LETS IN what was refused before/);
    const approved = await call(['policy', 'approve', id], file('ben'));
    assert.match(approved.stdout, /\nhouse, version 5, is in force\n {2}back: assay policy rollback house --to 4\n$/);
    assert.deepEqual([(await call(['policy', 'approve', id], file('ben'))).code], [2]);
    const again = await json(['policy', 'rollback', 'house', '--to', '2']);
    assert.equal(again.version, 6, 'the same text loosens nothing');
    await call(['policy', 'apply', file('strict.yaml')]);
    const app = await changeApp({ policy: 'permissive' });
    const [, waiting = ''] = /proposal ([0-9a-f]{32})/.exec(app.stdout) ?? [];
    assert.match(app.stdout, /waits for a second person/);
    assert.match(
      (await call(['policy', 'approve', waiting, '--dry-run'])).stdout,
      /^app:com\.example\.bank, from .*\n {2}policy: "house" -> "permissive"\n$/,
    );
    assert.equal((await call(['policy', 'withdraw', waiting])).stdout, `proposal ${waiting} is withdrawn\n`);
    await changeApp({ policy: 'house' });
  });

  it('shows all policies, what is in use where, and what shadows would have said', async () => {
    await changeApp({ shadows: ['no-google', 'permissive'] });
    await new Promise((resolve) => setTimeout(resolve, 0));
    const { support } = await enrolPhone(server, roots);
    const all = await run(['policy', 'show']);
    assert.match(all.stdout, /^house {2}version 7, by \S+ at \S+Z$/m);
    assert.match(all.stdout, /^presets {2}.*banking/m);
    assert.match(all.stdout, /^com\.example\.bank {2}judged by house, enforce$/m);
    assert.match(all.stdout, /^shadows\n( {2}\S+@1 {2}\d+ of 1 alike, .*\n)/m);
    assert.ok(support.length > 0);
    const one = await call(['policy', 'show', 'house']);
    assert.equal(
      one.stdout,
      'house, version 7, is in force\n  com.example.bank  enforce, loosened by two persons only\n',
    );
    assert.equal((await json(['policy', 'show'])).schema, 'assay.policy.show/1');
  });

  const wrong: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    [
      'a file with a fault',
      ['policy', 'apply', 'broken.yaml'],
      5,
      /broken\.yaml:\d+:\d+: .*\(policy\.document_invalid\)/,
    ],
    ['a file that is not there', ['policy', 'apply', 'nothing.yaml'], 3, /cli\.file_unreadable/],
    ['a version that is not the newest', ['policy', 'apply', 'strict.yaml', '--version', '1'], 2, /service\.conflict/],
    ['a rollback to nowhere', ['policy', 'rollback', 'house', '--to', '99'], 2, /service\.policy_version_unknown/],
    ['a rollback of a preset', ['policy', 'rollback', 'strict', '--to', '1'], 2, /service\.policy_version_unknown/],
    ['a rollback without a version', ['policy', 'rollback', 'house'], 2, /--to/],
    ['a policy that is not there', ['policy', 'show', 'nothing'], 2, /service\.policy_version_unknown/],
    ['a policy that is a path', ['policy', 'show', '../../../metrics'], 2, /service\.policy_version_unknown/],
    ['a proposal that is not there', ['policy', 'approve', '0'.repeat(32)], 2, /service\.proposal_unknown/],
    ['a proposal that is none', ['policy', 'approve', 'x'], 2, /cli\.server_refused/],
    ['a span that is none', ['policy', 'simulate', 'strict.yaml', '--since', '1e9d'], 2, /--since is no span/],
    [
      'a share that is none',
      ['policy', 'simulate', 'strict.yaml', '--fail-if-newly-rejected', '0.5'],
      2,
      /is no share/,
    ],
    [
      'an old policy that is not there',
      ['policy', 'simulate', 'strict.yaml', '--against', 'nothing'],
      2,
      /policy_version_unknown/,
    ],
  ];
  for (const [name, args, exit, talk] of wrong) {
    it(`refuses ${name}`, async () => {
      const given = args.map((each) => (each.endsWith('.yaml') ? file(each) : each));
      const { code, stdout, stderr } = await call(given);
      assert.deepEqual([code, stdout], [exit, ''], stderr);
      assert.match(stderr, talk);
      assert.doesNotMatch(stderr, /assay_admin_|\n {4}at /);
    });
  }
});
