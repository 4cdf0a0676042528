import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { COMMANDS } from '../src/commands/table.ts';
import { assay, createFolder, inProcess } from './support/assay.ts';

const SRC = resolve(import.meta.dirname, '../src');

describe('assay', { concurrency: true }, () => {
  const folder = createFolder();

  it('shows every command and every exit code', async () => {
    const { code, stdout, stderr } = await assay(folder, ['--help']);
    assert.equal(code, 0);
    assert.equal(stderr, '');
    for (const { name, summary } of COMMANDS) assert.match(stdout, new RegExp(`^  ${name} +${summary}$`, 'm'));
    for (const exit of [0, 1, 2, 3, 4, 5, 70]) assert.match(stdout, new RegExp(`^ +${exit}  \\w`, 'm'));
    assert.deepEqual(await inProcess([]), { code, stdout, stderr });
  });

  it('says its version', async () => {
    const { version } = JSON.parse(readFileSync(join(SRC, '../package.json'), 'utf8'));
    assert.deepEqual(await assay(folder, ['--version']), { code: 0, stdout: `assay ${version}\n`, stderr: '' });
    const { stdout } = await inProcess(['--version', '--json']);
    assert.deepEqual(JSON.parse(stdout), { schema: 'assay.version/1', version });
  });

  it('lists the verbs of a noun', async () => {
    const { code, stdout, stderr } = await inProcess(['pins', '--help']);
    assert.deepEqual([code, stderr], [0, '']);
    for (const verb of ['get', 'root', 'publish']) assert.match(stdout, new RegExp(`^  assay pins ${verb} `, 'm'));
    assert.equal((await inProcess(['help', 'pins'])).stdout, stdout);
  });

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a noun alone', ['pins'], /needs a verb\n {2}assay pins get/],
    ['a verb that is not there', ['pins', 'steal'], /no command `pins steal`\n {2}assay pins get/],
    ['an unknown noun', ['__proto__'], /no command/],
    ['control characters', ['\u001b[2J\u0007'], /no command ` +`/],
    ['an option without a command', ['--verbose'], /an option without a command/],
    ['an unknown option', ['pins', 'get', '--bogus'], /cli\.usage.*\n {2}expected: assay pins get HOST/],
    ['no operand', ['conformance'], /cli\.usage.*\n {2}expected: DIR/],
  ];
  for (const [name, args, talk] of wrong) {
    it(`refuses ${name} on stderr`, async () => {
      const { code, stdout, stderr } = await inProcess(args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, talk);
      assert.equal(/\n {4}at /.test(stderr) || stderr.includes('\u001b'), false);
    });
  }

  it('refuses in one JSON document too', async () => {
    for (const args of [['pins'], ['pins', 'steal'], ['steal'], ['--verbose'], []]) {
      const { code, stdout } = await inProcess([...args, '--json']);
      const { schema, code: reason, exit } = JSON.parse(stdout);
      assert.deepEqual([code, schema, reason, exit], [2, 'assay.error/1', 'cli.usage', 2], args.join(' '));
    }
  });

  it('takes paths from the folder of the caller when npm runs it in that of the package', async () => {
    const [caller, elsewhere] = [createFolder({ 'list.json': '[]' }), createFolder()];
    const args = ['evidence', 'verify', 'list.json'];
    const npm = { INIT_CWD: caller, npm_package_json: join(folder, 'package.json') };
    assert.match((await assay(folder, args, { env: npm })).stderr, /cli\.not_evidence/);
    assert.match((await assay(folder, args, { env: { INIT_CWD: caller } })).stderr, /cli\.not_evidence/);
    assert.match((await assay(elsewhere, args, { env: npm })).stderr, /cli\.file_unreadable/);
    const gone = { INIT_CWD: join(caller, 'gone') };
    assert.match((await assay(caller, args, { env: gone })).stderr, /cli\.not_evidence/);
  });

  it('tells a fault as JSON too', async () => {
    const { code, stdout } = await assay(folder, ['--json', 'evidence', 'verify', 'missing.json']);
    assert.equal(code, 3);
    assert.deepEqual(JSON.parse(stdout), {
      schema: 'assay.error/1',
      code: 'cli.file_unreadable',
      message: 'cannot read missing.json',
      found: 'ENOENT: there is no such file or folder',
      next: 'check the path and who may read it',
      exit: 3,
    });
  });

  it('tells a line of its own of each fault, and no more of a wrong option than that it is none', async () => {
    const policy = join(createFolder({ 'policy.yaml': 'version: 1\nhosts: [{}]\n' }), 'policy.yaml');
    const { stderr } = await inProcess(['pins', 'write', policy, '--target', 'node']);
    assert.match(stderr, /^assay: \S+:2:9: expected .* \(pin_configs\.policy_refused\)\n {7}\S+:2:9: expected /);
    const wrong = await inProcess(['pins', 'get', '--wrong']);
    assert.match(wrong.stderr, /^assay: Unknown option '--wrong'\. \(cli\.usage\)\n {2}expected: /);
  });

  it('loads for its help nothing that a command needs', () => {
    assert.deepEqual(packagesReached(join(SRC, 'main.ts')), ['@assay/core']);
  });
});

/** Packages that a file's static imports reach; types and dynamic imports load nothing. */
function packagesReached(file: string, seen: Set<string> = new Set()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/^import (?!type )[^;]*?from '([^']+)'/gms);
  const reached = [...imports].flatMap(([, name = '']) => {
    if (name.endsWith('.ts')) return packagesReached(resolve(file, '..', name), seen);
    return name.startsWith('node:') || name.endsWith('.json') ? [] : [name];
  });
  return [...new Set(reached)];
}
