import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { assay, createFolder, inProcess } from '../../support/assay.ts';

const CLIENT = join(import.meta.dirname, 'clients/lab-build.mjs');
const NODE = process.execPath;
const POLICY = `version: 1
hosts:
  - host: api.assay.test
    expires: 2030-06-01
    pins:
      - { spki: AbMZmSyzhcnRn1I4Aah7dLr7xLqYQ1q3mtfrMeNnQ30=, role: leaf }
      - { spki: m6H2Gq5MXuPNzgpRb44Q8bTKOSlRcKZ0hvj6SLGoWXo=, role: backup }
`;

describe('assay mitm lab', () => {
  const folder = createFolder({ 'assay.pins.yaml': POLICY });
  let made: Awaited<ReturnType<typeof inProcess>>;
  before(async () => {
    made = await inProcess(['mitm', 'lab', 'lab', '--json'], { cwd: folder });
  });

  it('makes an authority and every pinned key, for this user alone', () => {
    const { schema, pins, until } = JSON.parse(made.stdout);
    assert.deepEqual([made.code, schema], [0, 'assay.mitm.lab/1']);
    assert.deepEqual(
      pins.slice(0, 2).map(({ key }: { readonly key: string }) => key),
      ['pinned', 'backup'],
    );
    assert.ok(Date.parse(until) > Date.now());
    assert.ok(!made.stdout.includes('PRIVATE KEY'));
    const lab = join(folder, 'lab');
    assert.equal(statSync(lab).mode & 0o777, 0o700);
    for (const name of readdirSync(lab)) assert.equal(statSync(join(lab, name)).mode & 0o777, 0o600, name);
  });

  it('leaves what is there as it is', async () => {
    const keys = () => readdirSync(join(folder, 'lab')).map((name) => readFileSync(join(folder, 'lab', name), 'utf8'));
    const kept = keys();
    const again = await inProcess(['mitm', 'lab', 'lab'], { cwd: folder });
    assert.deepEqual([again.code, /cli\.file_exists/.test(again.stderr)], [2, true]);
    assert.deepEqual(keys(), kept);
    writeFileSync(join(folder, 'a file'), '');
    assert.notEqual((await inProcess(['mitm', 'lab', 'a file'], { cwd: folder })).code, 0);
    mkdirSync(join(folder, 'others'), { mode: 0o755 });
    assert.equal((await inProcess(['mitm', 'lab', 'others'], { cwd: folder })).code, 5);
    assert.equal((await inProcess(['mitm', 'lab'], { cwd: folder })).code, 2);
  });

  it('says what to do next', async () => {
    const { stdout } = await inProcess(['mitm', 'lab', 'second'], { cwd: folder });
    for (const next of [
      'from your assay.pins.yaml',
      'assay pins write --lab',
      'assay mitm run --lab',
      'assay mitm proxy --lab',
    ]) {
      assert.ok(stdout.includes(next), next);
    }
  });

  it('is what a build pins that passes its controls and refuses the rest', async () => {
    const written = await inProcess(['pins', 'write', '--lab', 'lab', '--target', 'node', '--out', 'pins'], {
      cwd: folder,
    });
    assert.equal(written.code, 0, written.stderr);
    const client = `'${NODE}' '${CLIENT}' '${join(folder, 'pins/assay-lab/node')}'`;
    const run = await assay(folder, [
      ...[
        'mitm',
        'run',
        '--lab',
        'lab',
        '--exec',
        client,
        '--way',
        'direct',
        '--only',
        'P1,P2,P8,N3,N4,N7,N15',
        '--json',
      ],
    ]);
    const { controls, results } = JSON.parse(run.stdout);
    assert.equal(controls, 'passed');
    const wrong = results.filter(({ standing }: { readonly standing: string }) => standing === 'wrong');
    assert.deepEqual(
      wrong.map(({ case: { id } }: { readonly case: { readonly id: string } }) => id),
      [],
    );
    assert.ok(
      results.some(
        (result: { case: { id: string }; outcome: string }) =>
          /^N4/.test(result.case.id) && /^REFUSED/.test(result.outcome),
      ),
    );
    const stranger = await assay(folder, [
      ...['mitm', 'run', '--lab', 'second', '--exec', client, '--way', 'direct', '--only', 'P1', '--json'],
    ]);
    assert.equal(JSON.parse(stranger.stdout).controls, 'failed-before', 'another lab is a stranger');
  });

  it('is refused where a release is built', async () => {
    const write = [
      'pins',
      'write',
      '--lab',
      'lab',
      '--target',
      'android-nsc',
      '--target',
      'okhttp-kotlin',
      '--out',
      'pins',
    ];
    assert.equal((await inProcess(write, { cwd: folder })).code, 0);
    const found = async (path: string) => {
      const { stdout } = await inProcess(['pins', 'lint', join(folder, path), '--only', 'X005', '--json']);
      return JSON.parse(stdout).findings.map(({ rule }: { readonly rule: string }) => rule);
    };
    assert.deepEqual(await found('.'), []);
    const set = 'pins/assay-lab/android-nsc/app/src/assayLab';
    cpSync(join(folder, set), join(folder, 'app/src/release'), { recursive: true });
    cpSync(join(folder, 'pins/assay-lab/okhttp-kotlin'), join(folder, 'app/src/main/kotlin'), { recursive: true });
    assert.deepEqual(await found('app'), ['X005', 'X005']);
  });

  it('is not mixed with builds for developers, and its keys not with those of others', async () => {
    const args = ['pins', 'write', '--target', 'curl', '--lab'];
    assert.equal((await inProcess([...args, 'lab', '--debug'], { cwd: folder })).code, 2);
    assert.equal((await inProcess([...args, 'nothing'], { cwd: folder })).code, 3);
    assert.equal((await inProcess([...args, 'others'], { cwd: folder })).code, 5);
  });
});
