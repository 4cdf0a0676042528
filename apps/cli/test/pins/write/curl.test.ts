import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readPolicy, TARGETS, writeTarget } from '@assay/pin-configs';
import { createFolder } from '../../support/assay.ts';
import { OTHER_ROOT, POLICY, PRIVATE_POLICY, ROOT, startServer } from './server.ts';

const target = TARGETS.find(({ id }) => id === 'curl');
const policy = readPolicy('assay.pins.yaml', POLICY + PRIVATE_POLICY);
const files = target === undefined ? [] : writeTarget(target, policy).files;

const version = spawnSync('curl', ['--version'], { encoding: 'utf8' });
const skip = version.error === undefined ? false : 'there is no curl on this machine';

/** Codes of curl(1). */
const CURL = { ok: 0, badPeer: 60, badPin: 90 } as const;

describe('what is written for curl', { skip }, () => {
  const folder = createFolder({
    ...Object.fromEntries(files.map(({ path, text }) => [path, text])),
    'test_root.pem': ROOT.pem,
    'other_root.pem': OTHER_ROOT.pem,
    'device.pem': ROOT.pem,
  });
  let running: Awaited<ReturnType<typeof startServer>>;
  before(async () => {
    running = await startServer();
  });
  after(() => running.server.close());

  async function ask(host: string, trust: readonly string[]): Promise<number> {
    const { port } = running;
    const address = ['--resolve', `${host}:${port}:127.0.0.1`, `https://${host}:${port}/`];
    const args = [
      '--disable',
      '--silent',
      '--noproxy',
      '*',
      ...trust,
      '--config',
      join(folder, `${host}.conf`),
      ...address,
    ];
    const child = spawn('curl', args, { cwd: folder, stdio: 'ignore' });
    const [code] = await once(child, 'exit');
    return code;
  }

  it('shuts out the folder of certificates that curl was built with, which a bundle alone does not', () => {
    const text = files.find(({ path }) => path === 'private.example.com.conf')?.text ?? '';
    assert.match(text, /^cacert = "test_root\.pem"\ncapath = "\/dev\/null"$/m);
  });

  const device = ['--cacert', 'device.pem'];
  const rows: readonly (readonly [string, readonly string[], number])[] = [
    ['leaf.example.com', device, CURL.ok],
    ['wrong.example.com', device, CURL.badPin],
    ['wrong.example.com', ['--insecure'], CURL.badPin],
    ['a.a.all.example.com', device, CURL.badPin],
    ['leaf.example.com', ['--cacert', 'other_root.pem'], CURL.badPeer],
    ['private.example.com', ['--cacert', 'other_root.pem'], CURL.ok],
    ['foreign.example.com', device, CURL.badPeer],
  ];
  for (const [host, trust, code] of rows) {
    it(`${host} ${trust.join(' ')}: exit ${code}`, async () => {
      assert.equal(await ask(host, trust), code);
    });
  }
});
