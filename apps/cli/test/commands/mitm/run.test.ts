import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { RunReport } from '@assay/mitm';
import { assay, createFolder, inProcess } from '../../support/assay.ts';
import { listening } from '../../support/listeners.ts';

const CLIENTS = join(import.meta.dirname, 'clients');
const PACKAGE = join(import.meta.dirname, '../../../package.json');
const client = (name: string): string => `"${process.execPath}" "${join(CLIENTS, `${name}.mjs`)}"`;
/** Groups that every Node client can be right about. */
const ONLY = ['--only', 'P1,P2,P6,trust,name', '--jobs', '4'];
/** None of these clients waits for anything: only a busy machine makes one slow. */
const PATIENCE = ['--limit', '300'];

interface Run {
  readonly code: number | null;
  readonly stderr: string;
  readonly report: RunReport;
  readonly of: (id: string) => RunReport['results'][number];
}

async function run(...args: readonly string[]): Promise<Run> {
  const { code, stdout, stderr } = await assay(createFolder(), ['mitm', 'run', '--json', ...PATIENCE, ...args]);
  assert.ok(stdout.startsWith('{'), stderr);
  const report: RunReport = JSON.parse(stdout);
  const of = (id: string) => {
    const found = report.results.find((result) => result.case.id === id);
    assert.ok(found !== undefined, id);
    return found;
  };
  return { code, stderr, report, of };
}

describe('assay mitm run', { concurrency: 4 }, () => {
  it('passes a client that is right in every case', async () => {
    const { code, report, of } = await run('--exec', client('pinned'), ...ONLY);
    const wrong = report.results.filter(({ standing }) => ['wrong', 'inconclusive'].includes(standing));
    assert.deepEqual(
      wrong.map(({ case: { id }, because }) => `${id}: ${because}`),
      [],
    );
    assert.deepEqual([code, report.controls, of('P1').outcome], [0, 'passed', 'LEAKED']);
    assert.ok(report.summary.right >= 18, `${report.summary.right} right`);
    assert.match(of('N4').observation.exit?.stderr ?? '', /^refused: not pinned$/);
  });

  it('fails a careless one, and tells what was forged, why it matters and how to see it again', async () => {
    const folder = createFolder();
    const args = ['mitm', 'run', '--exec', client('careless'), '--only', 'N4,N8', ...PATIENCE];
    const reports = ['out.json', 'out.html', 'out.xml', 'out.sarif'];
    const { code, stdout, stderr } = await assay(folder, [...args, ...reports.flatMap((name) => ['--report', name])]);
    assert.equal(code, 1, stderr);
    assert.match(stdout, /^Wrong\n {2}✖ N4 {5}LEAKED {8}.+\n {6}Application data arrived/);
    for (const label of ['forged', 'why', 'see', 'user sees']) assert.match(stdout, new RegExp(`\\n {6}${label} `));
    assert.match(stdout, /\n {6}again {5}assay mitm run --exec '.+careless\.mjs"' --limit 300 --only N8\n/);
    assert.match(stdout, /\nFAILED {2}1 right, 2 wrong \(2 leaked\), 0 inconclusive, .*controls passed\n$/);
    assert.match(stderr, /^✖ N[48] +LEAKED/m);
    assert.match(stderr, /^4 of 4 cases$/m);
    const text = (name: string) => readFileSync(join(folder, name), 'utf8');
    assert.equal(JSON.parse(text('out.json')).summary.leaked, 2);
    assert.match(text('out.html'), /^<!doctype html>/i);
    assert.match(text('out.xml'), /<testsuites?[ >]/);
    assert.deepEqual(JSON.parse(text('out.sarif')).runs[0].results.length, 2);

    const again = await assay(folder, [...args, '--baseline', 'out.json']);
    assert.deepEqual([again.code, /^ {2}wrong as before {3}N4 N8$/m.test(again.stdout)], [0, true], again.stdout);
    assert.match(
      again.stdout,
      /\nPASSED {2}1 right, 2 wrong \(2 leaked\), 2 of these excused, 0 inconclusive, .*controls passed\n$/,
    );
    const none = JSON.parse(text('out.json'));
    none.results = none.results.filter((result: { case: { id: string } }) => result.case.id !== 'N4');
    writeFileSync(join(folder, 'less.json'), JSON.stringify(none));
    const newly = await assay(folder, [...args, '--baseline', 'less.json']);
    assert.deepEqual([newly.code, /^ {2}newly wrong {7}N4$/m.test(newly.stdout)], [1, true], newly.stdout);
  });

  it('sees what a hostile client does behind its back, and shows nothing that steers a terminal', async () => {
    const { code, of } = await run('--exec', client('hostile'), '--only', 'N4');
    const { outcome, standing, observation } = of('N4');
    assert.deepEqual([code, outcome, standing, observation.exit?.status], [1, 'LEAKED', 'wrong', 3]);
    const { stdout = '' } = observation.exit ?? {};
    assert.match(stdout, /last words the proxy said HTTP\/1\.1 [45]\d\d/);
    assert.ok(stdout.length <= 2_000);
    assert.doesNotMatch(stdout, /[\p{Cc}\p{Cf}]/u);
    const other = observation.connections.find(({ host }) => host === 'somebody.else.example');
    assert.deepEqual([other?.stranger, other?.applicationBytes], [true, 0]);
  });

  it('proves nothing by a client that never comes', async () => {
    const { code, report } = await run('--exec', 'echo offline >&2; exit 6', '--only', 'N4,N8');
    assert.deepEqual([code, report.controls, report.summary.right], [4, 'failed-before', 0]);
    const distrustful = await run('--exec', `ASSAY_PINS=none ${client('pinned')}`, '--only', 'N4');
    assert.deepEqual([distrustful.code, distrustful.of('P1').standing], [4, 'wrong']);
    const { stdout } = await assay(createFolder(), [
      'mitm',
      'run',
      '--exec',
      'echo offline >&2; exit 6',
      '--only',
      'N4',
    ]);
    assert.match(stdout, /^The client does not accept the valid server, so nothing can be proven\.\n/);
    assert.match(stdout, /\n {6}user sees exit 6: offline\n {6}next {6}/);
  });

  it('decides nothing by the end that it makes of a client itself', async () => {
    const exec = `[ "$ASSAY_CASE" = P1 ] && exec ${client('pinned')}; exec sleep 60`;
    const { code, of } = await run('--exec', exec, '--only', 'N4', '--limit', '10');
    assert.deepEqual([code, of('N4').outcome, of('N4').observation.exit?.status], [4, 'NOT-REACHED', 'SIGKILL']);
  });

  it('hands over addresses, files and pins, and nothing that tells what is expected', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const folder = createFolder({ 'leaf.key': privateKey.export({ type: 'pkcs8', format: 'pem' }) });
    const exec = `env | grep ASSAY_ >&2; ${client('pinned')}`;
    const { of } = await run('--exec', exec, '--only', 'N4', '--reports', '--leaf-key', join(folder, 'leaf.key'));
    const { stderr = '' } = of('P1').observation.exit ?? {};
    const pin = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64');
    assert.ok(stderr.includes(`ASSAY_PINS=${pin} `), stderr);
    assert.match(stderr, /ASSAY_URL=https:\/\/api\.assay\.test\/assay-[0-9a-f]{16}\/P1/);
    assert.match(stderr, /ASSAY_REPORT_URL=http:\/\/localhost:\d+\/reports\/P1/);
    assert.doesNotMatch(stderr, /EXPECT|refuse|PRIVATE/);
    assert.deepEqual([of('P1').standing, of('N4').silent], ['right', true]);
  });

  it('says at once that its port is taken', async () => {
    const taken = createServer();
    const port = Number((await listening(taken)).split(':')[1]);
    const args = ['mitm', 'run', '--exec', 'x', '--only', 'N4', '--listen', `127.0.0.1:${port}`];
    const { code, stderr } = await inProcess(args);
    assert.deepEqual([code, /mitm\.port_unavailable/.test(stderr)], [5, true], stderr);
    taken.close();
  });

  const hasCurl = spawnSync('curl', ['--version']).status === 0;
  const CURL = 'curl -sS --cacert "$ASSAY_CA" --pinnedpubkey "sha256//$ASSAY_PIN"';
  const ways = {
    proxy: [`${CURL} "$ASSAY_URL"`],
    socks5: [`${CURL} "$ASSAY_URL"`, '--way', 'socks5'],
    direct: [`${CURL} --resolve "$ASSAY_RESOLVE" "$ASSAY_URL"`, '--way', 'direct'],
  };
  for (const [way, [exec = '', ...args]] of Object.entries(ways)) {
    it(`knows curl by ${way}`, { skip: hasCurl ? false : 'curl is not installed' }, async () => {
      const { code, of } = await run('--exec', exec, ...args, '--only', 'N4,N7,N8');
      assert.deepEqual([code, of('N4').outcome, of('N8').outcome], [1, 'REFUSED-POST', 'LEAKED']);
      assert.deepEqual([of('N4').standing, of('N7').standing], ['right', 'right']);
    });
  }

  it("runs an operator's own cases", async () => {
    const path = join(createFolder(), 'own.json');
    const row = {
      ...{ id: 'X1', title: 'A year too long', group: 'validity', expect: 'refuse', why: 'Nobody asked for it.' },
      ...{ needs: ['lab-ca', 'lab-key'], from: 'N15', masvs: [], mastg: [], maswe: [], clauses: [] },
      change: { chain: { leaf: { notAfter: '-2d' } } },
    };
    writeFileSync(path, JSON.stringify({ cases: [row] }));
    const { code, report, of } = await run('--exec', client('pinned'), '--cases', path, '--only', 'X1');
    assert.deepEqual([code, of('X1').standing, of('N4').standing], [0, 'right', 'not-applicable']);
    assert.match(of('X1').reproduce, /--cases \S+own\.json --only X1$/);
    assert.equal(report.summary.right, 2);
  });

  it('knows curl by the name of its profile', { skip: hasCurl ? false : 'curl is not installed' }, async () => {
    const { code, of, report } = await run('--profile', 'curl-pinned', '--only', 'N4,N8', '--accept-known');
    assert.deepEqual([code, of('N4').outcome, of('N8').outcome], [0, 'REFUSED-POST', 'LEAKED']);
    assert.match(of('N8').known ?? '', /common name/);
    assert.equal(report.client.profile, 'curl-pinned');
  });

  const wrong: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    ['no client', [], 2, /no client is named \(cli\.usage\)\n {2}expected: --exec/],
    ['a way that is none', ['--exec', 'x', '--way', 'vpn'], 2, /proxy, socks5, direct, transparent/],
    ['a clock that is no span', ['--exec', 'x', '--clock', '1y'], 2, /--clock is no span of time/],
    ['a case that nobody knows', ['--exec', 'x', '--only', 'N4,N400'], 2, /cli\.case_unknown\)\n {2}found: {4}N400/],
    ['a capability that is none', ['--exec', 'x', '--can', 'fly'], 2, /--can names no capability/],
    ['a host that is none', ['--exec', 'x', '--host', 'a b'], 5, /mitm\.host_invalid/],
    [
      'an address beyond loopback',
      ['--exec', 'x', '--listen', '0.0.0.0'],
      5,
      /cli\.listen_refused.*\n.*\n.*--reachable-from-network/,
    ],
    ['an address that is none', ['--exec', 'x', '--listen', 'localhost:x'], 2, /--listen is no address/],
    ['a profile that is not there', ['--profile', '/nowhere.json'], 3, /cli\.file_unreadable/],
    ['a lab that is not there', ['--exec', 'x', '--lab', '/nowhere'], 3, /cli\.file_unreadable/],
    [
      'a leaf key that is none',
      ['--exec', 'x', '--leaf-key', join(CLIENTS, 'pinned.mjs')],
      5,
      /cli\.leaf_key_unusable/,
    ],
    [
      'a clock that nothing can move',
      ['--exec', 'x', '--clock', '+1y'],
      3,
      /cli\.clock_unmovable\)\n.*\n {2}next: .*libfaketime/,
    ],
    ['a report that has no place', ['--exec', 'x', '--report', '/nowhere/out.html'], 3, /cli\.file_unwritable/],
    ['a report without a form', ['--exec', 'x', '--report', 'out.pdf'], 2, /--report has no form/],
    ['a baseline that is none', ['--exec', 'x', '--baseline', join(CLIENTS, 'none.json')], 3, /cli\.file_unreadable/],
    ['a baseline that is no report', ['--exec', 'x', '--baseline', PACKAGE], 2, /cli\.document_invalid/],
    ['a profile without a command', ['--profile', 'default'], 2, /has no command/],
    ['a recorded client without a command', ['--profile', 'okhttp-pinned'], 2, /okhttp-pinned has no command/],
    ['a profile that is none', ['--profile', PACKAGE], 5, /mitm\.profile_malformed/],
    ['cases of its own that are not there', ['--exec', 'x', '--cases', '/nowhere.json'], 3, /cli\.file_unreadable/],
    ['cases of its own that are none', ['--exec', 'x', '--cases', PACKAGE], 5, /mitm\.cases_malformed/],
    ['a command that stands by itself', ['curl', 'x'], 2, /expected: --exec 'COMMAND'.*\n.*next: .*--exec 'curl/s],
    ['no case at all', ['--exec', 'x', '--only', 'N4', '--except', 'N4'], 2, /mitm\.no_cases/],
  ];
  for (const [name, args, exit, talk] of wrong) {
    it(`refuses ${name}`, async () => {
      const env = { ASSAY_FAKETIME: '/nowhere/libfaketime.so' };
      const { code, stdout, stderr } = await inProcess(['mitm', 'run', ...args], name.includes('move') ? { env } : {});
      assert.deepEqual([code, stdout], [exit, ''], stderr);
      assert.match(stderr, talk);
      assert.doesNotMatch(stderr, /\n {4}at /);
    });
  }
});
