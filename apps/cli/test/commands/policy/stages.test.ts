import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { presetOf } from '@assay/policy';
import type { TestRoots } from '@assay/virtual-devices';
import { assay, createFolder, inProcess, type Transcript } from '../../support/assay.ts';
import { enrolPhone, registration, testTrust, VIRTUAL_APP } from '../../support/phones.ts';
import { type RunningServer, startServer } from '../../support/server.ts';

// How far a policy is enforced, and for whom.

const STRICT = (presetOf('strict')?.source ?? '').replace(/^name: .*$/m, 'name: house');
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
  ...{ 'strict.yaml': STRICT, 'closed.yaml': CLOSED },
};
const APP = VIRTUAL_APP.package;

describe('assay, stages and orders of a policy', () => {
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
  const call = (args: readonly string[]): Promise<Transcript> =>
    inProcess([...args, ...place()], { env: { ASSAY_CREDENTIAL_FILE: file('.assay/operator-token') } });
  const json = async (args: readonly string[]) => JSON.parse((await call([...args, '--json'])).stdout);
  const changeApp = async (change: object) => {
    writeFileSync(
      file('app.json'),
      JSON.stringify({ ...JSON.parse(readFileSync(file('app.json'), 'utf8')), ...change }),
    );
    return call(['app', 'register', file('app.json')]);
  };

  it('begins with phones that a policy of the operator let in', async () => {
    await call(['policy', 'apply', file('strict.yaml')]);
    assert.equal((await changeApp({ policy: 'house' })).code, 0);
    for (let count = 0; count < 2; count++) assert.equal((await enrolPhone(server, roots)).status, 200);
  });

  it('moves an app through its roll-out, and says what each step does', async () => {
    const dry = await run(['app', 'rollout', APP, 'monitor', '--dry-run']);
    assert.deepEqual([dry.code, dry.stderr], [0, '']);
    assert.match(
      dry.stdout,
      /^app com\.example\.bank would change; nothing is changed\n {2}affects \d+ appraisals a day, of com\.example\.bank\n/,
    );
    assert.equal((await call(['app', 'rollout', APP, 'monitor'])).code, 0);
    const closed = await call(['app', 'rollout', APP, 'enforce', '--percent', '100', '--policy', 'house']);
    assert.match(closed.stdout, /^ {2}newly refused 0 \(0\.0 % of those let in\)/m);
    assert.match(
      closed.stdout,
      /^ {2}before: policy house, monitor\n {2}back: assay app rollout com\.example\.bank monitor --policy house$/m,
    );
    writeFileSync(file('none.yaml'), CLOSED.replace(/^name: .*$/m, 'name: none'));
    await call(['policy', 'apply', file('none.yaml')]);
    const looked = await json(['app', 'rollout', APP, 'enforce', '--percent', '0', '--policy', 'none', '--dry-run']);
    assert.deepEqual([looked.schema, looked.impact.newlyRefused], ['assay.app.rollout/1', 0]);
    const strict = await json(['app', 'rollout', APP, 'enforce', '--policy', 'none', '--dry-run']);
    assert.ok(strict.impact.newlyRefused === 2 && strict.impact.newlyRefusedShare === 1);
    assert.deepEqual([strict.impact.topCohort.by, strict.before.policy], ['model', 'house']);
  });

  it('lets a policy rest, loudly, and takes it up again', async () => {
    const off = await run(['enforce', 'off', '--app', APP, '--for', '1h', '--reason', 'incident 77']);
    assert.deepEqual([off.code, off.stderr], [0, '']);
    assert.match(off.stdout, /^ENFORCEMENT IS OFF for com\.example\.bank until \S+Z: every install is let through\n/);
    assert.match(off.stdout, /^THIS WORKS AT THE NEXT REFRESH, not at once:\n.* at most 240 s, /m);
    for (const args of [
      ['policy', 'show'],
      ['policy', 'show', 'house'],
    ]) {
      assert.match(
        (await call(args)).stdout,
        /^ENFORCEMENT IS OFF for com\.example\.bank until .*\n {2}by .*: incident 77\n/,
      );
    }
    const metrics = await (await fetch(`${server.operatorUrl}/metrics`)).text();
    assert.match(metrics, /^assay_enforcement_off\{tenant="main",env="dev",app="com\.example\.bank"\} 1$/m);
    assert.equal((await enrolPhone(server, roots, ['unlocked-bootloader'])).status, 200);
    const on = await call(['enforce', 'on', '--app', APP]);
    assert.equal(
      on.stdout,
      'the policy of com.example.bank is enforced again, from the next refresh of each install on\n',
    );
    assert.equal((await call(['enforce', 'on', '--app', APP])).stdout, 'the policy of com.example.bank was not off\n');
    assert.equal((await enrolPhone(server, roots, ['unlocked-bootloader'])).status, 403);
  });

  it('lets another policy judge one install', async () => {
    const { support } = await enrolPhone(server, roots);
    const span = ['--for', '7d', '--reason', 'under watch'];
    const given = await call(['policy', 'assign', 'permissive', '--code', support, ...span]);
    assert.match(
      given.stdout,
      /^policy [0-9a-f]{32} is in force until \S+: lineage \S+ of com\.example\.bank, judged by permissive\n/,
    );
    const [, id = ''] = /^policy ([0-9a-f]{32})/.exec(given.stdout) ?? [];
    assert.match((await call(['policy', 'show'])).stdout, new RegExp(`^${id} .*judged by permissive`, 'm'));
    assert.equal((await call(['policy', 'unassign', id])).stdout, `assignment ${id} has ended\n`);
  });

  const wrong: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    ['a rest without an end', ['enforce', 'off', '--app', APP, '--reason', 'because'], 2, /--for/],
    [
      'a rest of two days',
      ['enforce', 'off', '--app', APP, '--reason', 'because', '--for', '2d'],
      2,
      /service\.order_refused/,
    ],
    ['a rest without a reason', ['enforce', 'off', '--app', APP, '--for', '1h'], 2, /--reason/],
    [
      'a rest of an unknown app',
      ['enforce', 'off', '--app', 'x', '--reason', 'because', '--for', '1h'],
      2,
      /service\.app_unknown/,
    ],
    ['a stage that is none', ['app', 'rollout', APP, 'on'], 2, /this is no stage/],
    [
      'a share of what refuses nobody',
      ['app', 'rollout', APP, 'monitor', '--percent', '5'],
      2,
      /--percent with enforce/,
    ],
    ['a roll-out of an unknown app', ['app', 'rollout', 'x', 'monitor'], 2, /cli\.app_unknown/],
    [
      'a policy that is not there, for all installs',
      ['app', 'rollout', APP, 'enforce', '--policy', 'x'],
      2,
      /policy_unknown/,
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
