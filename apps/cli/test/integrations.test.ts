import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { createFolder } from './support/assay.ts';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string): unknown => parse(readFileSync(join(ROOT, path), 'utf8'));

const BROKEN = { 'res/xml/network_security_config.xml': '<network-security-config>\n' };
const SOUND = { 'res/xml/network_security_config.xml': '<network-security-config/>\n' };

interface Ended {
  readonly code: number;
  readonly stdout: string;
}

/** Runs a script of an integration as its host would: by a shell, in the folder of somebody else's app. */
function shell(script: string, folder: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { npm_package_json: _manifest, INIT_CWD: _folder, ...own } = process.env;
  return new Promise((resolve) => {
    execFile('bash', ['-ec', script], { cwd: folder, env: { ...own, ...env } }, (error, stdout) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout });
    });
  });
}

describe('the GitHub Action', () => {
  const Action = z.looseObject({
    runs: z.looseObject({ steps: z.array(z.looseObject({ run: z.string().optional() })) }),
  });
  const script = Action.parse(read('integrations/github/action.yml')).runs.steps.find(({ run }) => run)?.run ?? '';
  const env = {
    GITHUB_ACTION_PATH: join(ROOT, 'integrations/github'),
    ...{ ASSAY_PATHS: 'res .', ASSAY_FAIL_ON: 'warning', ASSAY_BASELINE: '', ASSAY_SARIF: 'pins.sarif' },
  };

  it('annotates findings, leaves a SARIF report and fails', async () => {
    const folder = createFolder(BROKEN);
    const { code, stdout } = await shell(script, folder, env);
    assert.equal(code, 1);
    assert.match(stdout, /^::warning file=res\/xml\/network_security_config\.xml,line=\d/m);
    assert.ok(existsSync(join(folder, 'pins.sarif')));
  });

  it('passes a clean app', async () => {
    const { code, stdout } = await shell(script, createFolder(SOUND), env);
    assert.deepEqual([code, stdout.trim()], [0, '']);
  });

  it('takes what it is given for text, never for a command', async () => {
    const folder = createFolder(SOUND);
    await shell(script, folder, { ...env, ASSAY_PATHS: '$(touch owned) `touch owned` ;touch owned' });
    assert.equal(existsSync(join(folder, 'owned')), false);
  });
});

describe('the hook of pre-commit', () => {
  const [hook] = z
    .tuple([z.looseObject({ entry: z.string(), files: z.string() })])
    .parse(read('.pre-commit-hooks.yaml'));

  it('lints the files that it is given', async () => {
    const file = 'res/xml/network_security_config.xml';
    assert.match(file, new RegExp(hook.files));
    const run = (files: Readonly<Record<string, string>>) =>
      shell(`${join(ROOT, hook.entry)} ${file}`, createFolder(files));
    assert.deepEqual([(await run(BROKEN)).code, (await run(SOUND)).code], [1, 0]);
  });
});

describe('the job of GitLab', () => {
  it('leaves a JUnit report', async () => {
    const Job = z.object({ 'assay-pins': z.looseObject({ script: z.tuple([z.string(), z.string()]) }) });
    const job = Job.parse(read('integrations/gitlab/assay-pins.gitlab-ci.yml'))['assay-pins'];
    const script = job.script[1].replace('/tmp/assay', ROOT);
    const folder = createFolder(BROKEN);
    const { code } = await shell(script, folder, { ASSAY_PATHS: '.', ASSAY_FAIL_ON: 'warning' });
    assert.equal(code, 1);
    assert.match(readFileSync(join(folder, 'assay-pins.xml'), 'utf8'), /<failure /);
    const lost = { ASSAY_PATHS: '.', ASSAY_FAIL_ON: 'error', ASSAY_BASELINE: 'no such file' };
    assert.equal((await shell(script, folder, lost)).code, 3);
  });
});
