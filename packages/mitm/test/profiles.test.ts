import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { CASES } from '../src/battery/index.ts';
import { curlCommand } from '../src/profiles/curl.ts';
import { builtInProfile, PROFILE_NAMES } from '../src/profiles/index.ts';

describe('profiles that need no file', () => {
  it('are each found by their own name, and no other', () => {
    assert.ok(PROFILE_NAMES.length > 0);
    for (const name of PROFILE_NAMES) assert.equal(builtInProfile(name)?.name, name);
    for (const name of ['', 'curl', './curl-pinned', 'constructor']) assert.equal(builtInProfile(name), undefined);
  });

  it('name cases that there are, and bring a command where it stands alone', () => {
    const ids = new Set(CASES.map(({ id }) => id));
    for (const name of PROFILE_NAMES) {
      const { known = {}, command } = builtInProfile(name) ?? {};
      for (const id of Object.keys(known)) assert.ok(ids.has(id), `${name}: ${id}`);
      assert.equal(command !== undefined, name.startsWith('curl-'), name);
    }
  });
});

describe('the command of curl', { skip: process.platform === 'win32' }, () => {
  const words = (env: Record<string, string>): string[] => {
    // Each word of curl's on a line.
    const command = curlCommand('--pins --location').replace('exec curl', 'printf \'%s\\n\' "$CURL_CA_BUNDLE"');
    const { stdout, stderr } = spawnSync('/bin/sh', ['-ec', command], {
      env: { PATH: process.env['PATH'], ASSAY_PINS: 'a=,b=', ASSAY_CA: '/a folder/ca.pem', ...env },
    });
    assert.equal(stderr.toString(), '');
    return stdout.toString().trimEnd().split('\n');
  };
  const COMMON = ['--silent', '--show-error', '--max-time', '8', '--output', '/dev/null'];

  it('takes all steps in one process, with the pins of each host, and paths with spaces', () => {
    const urls = { ASSAY_URL: 'https://a/', ASSAY_SECOND_URL: 'https://b/', ASSAY_PLAIN_URL: 'http://a/' };
    assert.deepEqual(words({ ...urls, ASSAY_STEPS: 'request,update-pins,second-host' }), [
      ...['/a folder/ca.pem', ...COMMON, '--pinnedpubkey', 'sha256//a=;sha256//b=', '--location', 'https://a/'],
      ...['--next', ...COMMON, '--pinnedpubkey', 'sha256//b=', '--location', 'https://b/'],
    ]);
  });

  it('goes past DNS where it is told to', () => {
    const direct = { ASSAY_URL: 'https://a:1/', ASSAY_STEPS: 'request', ASSAY_RESOLVE: 'a:1:127.0.0.1' };
    assert.deepEqual(words(direct).slice(-3), ['--resolve', 'a:1:127.0.0.1', 'https://a:1/']);
  });
});
