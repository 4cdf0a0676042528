import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assay, createFolder, inProcess } from '../../support/assay.ts';

describe('assay keys create', { concurrency: true }, () => {
  const folder = createFolder();
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  it('writes the private half for this user alone, and the public half beside it', async () => {
    const { code, stdout, stderr } = await assay(folder, ['keys', 'create', 'root', '--out', 'root.key']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^root key [A-Za-z0-9_-]{16}\n {2}private {2}root\.key .*\n {2}public {3}root\.key\.pub\n$/);
    if (process.platform !== 'win32') assert.equal(statSync(join(folder, 'root.key')).mode & 0o777, 0o600);
    const half = createPublicKey(createPrivateKey(read('root.key'))).export({ type: 'spki', format: 'pem' });
    assert.equal(half, read('root.key.pub'));
    assert.equal(createPrivateKey(read('root.key')).asymmetricKeyDetails?.namedCurve, 'prime256v1');
  });

  it('gives out the public half alone', async () => {
    const { stdout } = await assay(folder, ['keys', 'create', 'pins', '--out', 'pins.key', '--json']);
    const { schema, use, kid, jwk, file, publicFile, ...others } = JSON.parse(stdout);
    assert.deepEqual([schema, use, file, publicFile], ['assay.keys.create/1', 'pins', 'pins.key', 'pins.key.pub']);
    assert.deepEqual(Object.keys(jwk), ['kty', 'crv', 'x', 'y']);
    assert.deepEqual([kid.length, others], [16, {}]);
  });

  for (const name of ['taken.key', 'taken.key.pub']) {
    it(`never overwrites ${name}`, async () => {
      const own = createFolder({ [name]: 'mine' });
      const { code, stdout, stderr } = await inProcess(['keys', 'create', 'root', '--out', join(own, 'taken.key')]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /cli\.file_exists/);
      assert.equal(readFileSync(join(own, name), 'utf8'), 'mine');
      assert.equal(existsSync(join(own, 'taken.key')) && existsSync(join(own, 'taken.key.pub')), false);
    });
  }

  const wrong: readonly (readonly [readonly string[], number, string])[] = [
    [['reply', '--out', 'x.key'], 2, 'cli.usage'],
    [['__proto__', '--out', 'x.key'], 2, 'cli.usage'],
    [['root'], 2, 'cli.usage'],
    [['root', '--out', ''], 2, 'cli.usage'],
    [['root', '--out', 'nowhere/x.key'], 3, 'cli.file_unreadable'],
  ];
  for (const [args, exit, reason] of wrong) {
    it(`refuses ${args.join(' ')}`, async () => {
      const { code, stderr } = await inProcess(['keys', 'create', ...args]);
      assert.equal(code, exit);
      assert.ok(stderr.includes(`(${reason})`), stderr);
      assert.equal(existsSync(join(folder, 'x.key')), false);
    });
  }
});
