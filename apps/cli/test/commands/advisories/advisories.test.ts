import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { assay, createFolder, inProcess } from '../../support/assay.ts';

const SECOND = Math.floor(Date.now() / 1_000);
const document = (version: number, change: object = {}) =>
  JSON.stringify({
    ...{ assay: 'advisories/1', version, issued: SECOND - 60, expires: SECOND + 86_400 },
    advisories: [
      {
        ...{ id: 'BANK-2026-1', title: 'Session fixation before 4.2', severity: 'high' },
        affects: { app: 'com.example.bank', appUpTo: '4.1.9' },
      },
    ],
    ...change,
  });

const FILES = {
  'one.json': document(1),
  'two.json': document(2),
  'past.json': document(3, { issued: SECOND - 120, expires: SECOND - 60 }),
  'empty.json': document(4, { advisories: [{ id: 'X', title: 'Everything', severity: 'low', affects: {} }] }),
  'twice.json': '{"assay":"advisories/1","assay":"advisories/1"}',
};

describe('assay advisories', () => {
  const folder = createFolder(FILES);
  const file = (name: string) => join(folder, name);
  const run = (...args: readonly string[]) =>
    inProcess(args.map((each) => (/\.(json|jws|key|pub)$/.test(each) ? file(each) : each)));
  before(async () => {
    for (const name of ['good', 'other']) await run('keys', 'create', 'advisories', '--out', `${name}.key`);
    for (const name of ['one', 'two', 'past'])
      await run('advisories', 'sign', `${name}.json`, '--key', 'good.key', '--out', `${name}.jws`);
    await run('advisories', 'sign', 'two.json', '--key', 'other.key', '--out', 'foreign.jws');
  });

  it('are never signed over the key or the document themselves', async () => {
    const files = ['good.key', 'one.json'];
    const before = files.map((name) => readFileSync(file(name), 'utf8'));
    for (const out of files) {
      const { code, stderr } = await run('advisories', 'sign', 'one.json', '--key', 'good.key', '--out', out);
      assert.equal(code, 2, stderr);
    }
    assert.deepEqual(
      files.map((name) => readFileSync(file(name), 'utf8')),
      before,
    );
  });

  it('are signed, shown and published as the real process', async () => {
    const signed = await assay(folder, ['advisories', 'sign', 'one.json', '--key', 'good.key', '--out', 'again.jws']);
    assert.deepEqual([signed.code, signed.stderr], [0, '']);
    assert.match(signed.stdout, /^1 advisories, version 1, until \S+Z, are signed in again\.jws\n$/);
    const shown = await assay(folder, ['advisories', 'show', 'again.jws', '--key', 'good.key.pub']);
    assert.match(
      shown.stdout,
      /^advisories, version 1, until \S+Z\n {2}BANK-2026-1 {2}high {2}Session fixation before 4\.2\n {4}app com\.example\.bank; appUpTo 4\.1\.9\n$/,
    );
    const published = await assay(folder, [
      'advisories',
      'publish',
      'again.jws',
      '--key',
      'good.key.pub',
      '--to',
      'live.jws',
    ]);
    assert.deepEqual([published.code, published.stderr], [0, '']);
    assert.equal(readFileSync(file('live.jws'), 'utf8'), readFileSync(file('again.jws'), 'utf8'));
    const second = await run('advisories', 'publish', 'two.jws', '--key', 'good.key.pub', '--to', 'live.jws');
    assert.equal(second.code, 0, second.stderr);
    const back = await run('advisories', 'publish', 'one.jws', '--key', 'good.key.pub', '--to', 'live.jws');
    assert.deepEqual([back.code, back.stdout], [2, '']);
    assert.match(back.stderr, /service\.advisories_rollback/);
    assert.equal(readFileSync(file('live.jws'), 'utf8'), readFileSync(file('two.jws'), 'utf8'));
  });

  it('that have ended are shown as such, and not published', async () => {
    const shown = await run('advisories', 'show', 'past.jws', '--key', 'good.key.pub');
    assert.equal(shown.code, 1);
    assert.match(shown.stdout, /ENDED/);
    const { code, stderr } = await run(
      'advisories',
      'publish',
      'past.jws',
      '--key',
      'good.key.pub',
      '--to',
      'other.jws',
    );
    assert.deepEqual([code, /\((service\.\w+)\)/.exec(stderr)?.[1]], [2, 'service.advisories_expired']);
  });

  const wrong: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    ['a signature by another key', ['show', 'foreign.jws', '--key', 'good.key.pub'], 2, /service\.advisories_unsigned/],
    ['a file that is not signed', ['show', 'one.json', '--key', 'good.key.pub'], 2, /service\.advisories_malformed/],
    ['no key', ['show', 'one.jws'], 2, /--key/],
    [
      'a private key to show by',
      ['show', 'one.jws', '--key', 'good.key'],
      5,
      /holds a private key \(cli\.key_unusable/,
    ],
    [
      'a private key to publish by',
      ['publish', 'one.jws', '--key', 'good.key', '--to', 'x.jws'],
      5,
      /holds a private key \(cli\.key_unusable/,
    ],
    [
      'a key to publish by that is none',
      ['publish', 'one.jws', '--key', 'one.json', '--to', 'x.jws'],
      5,
      /cli\.key_unusable/,
    ],
    [
      'a public key to sign with',
      ['sign', 'one.json', '--key', 'good.key.pub', '--out', 'x.jws'],
      5,
      /cli\.key_unusable/,
    ],
    [
      'an advisory about everybody',
      ['sign', 'empty.json', '--key', 'good.key', '--out', 'x.jws'],
      2,
      /empty\.json: .*advisories_malformed/,
    ],
    ['a name twice', ['sign', 'twice.json', '--key', 'good.key', '--out', 'x.jws'], 2, /advisories_malformed/],
  ];
  for (const [name, args, exit, talk] of wrong) {
    it(`are refused with ${name}`, async () => {
      const { code, stdout, stderr } = await run('advisories', ...args);
      assert.deepEqual([code, stdout], [exit, ''], stderr);
      assert.match(stderr, talk);
      assert.doesNotMatch(stderr, /PRIVATE|\n {4}at /);
    });
  }
});
