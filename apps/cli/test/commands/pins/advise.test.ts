import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { readDocuments } from '@assay/pin-configs';
import { z } from 'zod';
import { createFolder, inProcess } from '../../support/assay.ts';
import { mint, mintRequest } from '../../support/certificates.ts';
import { serving } from '../../support/listeners.ts';

const HOST = 'api.example.com';
const root = mint({ subject: 'Test Root' });
const leaf = mint({ subject: HOST, issuer: root, names: [HOST] });
const backup = mintRequest();

const Advised = z.looseObject({
  schema: z.literal('assay.pins.advise/1'),
  hosts: z.array(
    z.looseObject({
      level: z.string(),
      situation: z.string(),
      yaml: z.string().nullable(),
      missing: z.string().nullable(),
      reasons: z.array(z.looseObject({ source: z.string().min(1) })).min(1),
      upkeep: z.array(z.looseObject({ renewalsPerYear: z.int(), pinChanges: z.int() })).min(1),
    }),
  ),
});

describe('assay pins advise', { concurrency: true }, () => {
  const folder = createFolder({ 'root.pem': root.pem, 'backup.csr': backup.pem });
  const roots = ['--roots', join(folder, 'root.pem')];
  let where: readonly string[] = [];
  before(async () => {
    where = ['--connect', `${HOST}=${await serving([leaf, root])}`];
  });
  const advise = (...args: readonly string[]) => inProcess(['pins', 'advise', HOST, ...where, ...args]);

  it('advises a private root, with a policy that reads as one', async () => {
    const args = ['--data', 'login', ...roots, '--backup', join(folder, 'backup.csr'), '--json'];
    const { code, stdout } = await advise(...args);
    const [advised] = Advised.parse(JSON.parse(stdout)).hosts;
    assert.deepEqual(
      [code, advised?.situation, advised?.level, advised?.missing],
      [0, 'private', 'private_root', null],
    );
    const [document] = readDocuments('assay.pins.yaml', Buffer.from(advised?.yaml ?? ''));
    assert.equal(document?.kind, 'policy', JSON.stringify(document));
    assert.deepEqual(
      document?.pinned.flatMap(({ pins }) => pins.map(({ text }) => text)),
      [root.pin, backup.pin],
    );
  });

  it('gives a policy with an end, so that what is written of it passes the linter', async () => {
    const args = ['--data', 'login', ...roots, '--backup', join(folder, 'backup.csr'), '--json', '--at', '2026-11-21'];
    const [advised] = Advised.parse(JSON.parse((await advise(...args)).stdout)).hosts;
    const [document] = readDocuments('assay.pins.yaml', Buffer.from(advised?.yaml ?? ''));
    assert.equal(document?.kind === 'policy' ? document.policy.hosts[0]?.expires : undefined, '2027-11-21');
  });

  it('names a backup that no pin can be taken from, with a next step', async () => {
    const hello = join(createFolder({ 'hello.txt': 'hello' }), 'hello.txt');
    const { code, stderr } = await advise('--data', 'login', ...roots, '--backup', hello);
    assert.equal(code, 2);
    assert.match(stderr, /hello\.txt/);
    assert.match(stderr, /next: +give the request or key/);
  });

  it('gives no policy without a backup, and says how to make one', async () => {
    const { code, stdout } = await advise('--data', 'payments', ...roots);
    assert.equal(code, 0);
    assert.match(stdout, /first make a second key: openssl req -new/);
    assert.doesNotMatch(stdout, /assay\.pins\.yaml:/);
    assert.match(stdout, /a year now: 1 renewals \(7305 days\), 0 planned pin changes/);
  });

  it('advises nobody on a chain that does not validate', async () => {
    const { code, stdout, stderr } = await advise('--data', 'payments');
    assert.deepEqual([code, stdout], [3, '']);
    assert.match(stderr, /cli\.host_untrusted/);
    assert.match(stderr, /give --roots/);
  });

  it('goes on with the other hosts', async () => {
    const { code, stdout, stderr } = await advise('127.0.0.1:1', '--data', 'general', ...roots);
    assert.equal(code, 3);
    assert.match(stdout, /^api\.example\.com {2}general {2}a private authority/);
    assert.match(stderr, /127\.0\.0\.1:1: no TLS connection/);
  });

  it('asks for the kind of data', async () => {
    assert.equal((await advise()).code, 2);
    assert.match((await advise('--data', 'secrets')).stderr, /payments, health, login, general/);
    assert.equal((await inProcess(['pins', 'advise', '--data', 'login'])).code, 2);
  });
});
