import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createServer } from 'node:tls';
import { parsePem, toBase64 } from '@assay/formats';
import { z } from 'zod';
import { describeVectors } from '../../../../tools/vectors.ts';
import { type Judges, judge } from '../../src/pins/looked.ts';
import { look } from '../../src/pins/net/look.ts';
import { readRoots } from '../../src/pins/path.ts';
import { readLogLists } from '../../src/pins/transparency/log-lists.ts';
import { createFolder, inProcess } from '../support/assay.ts';
import { mint } from '../support/certificates.ts';
import { listening } from '../support/listeners.ts';
import { goodOcsp, type MintedLog, mintLog, stamped, TIMESTAMP } from '../support/timestamps.ts';

const HOST = 'api.example.com';
const root = mint({ subject: 'Test Root' });
const intermediate = mint({ subject: 'Test Intermediate', issuer: root });
const leaf = mint({ subject: HOST, issuer: intermediate, names: [HOST] });
const AT = Date.UTC(2026, 10, 21);

/** Google's form of a list, each log of an operator of its own. */
function googleList(logs: readonly MintedLog[]): string {
  const state = { usable: { timestamp: '2020-01-01T00:00:00Z' } };
  const operators = logs.map(({ id, spki }, index) => ({
    name: `Operator ${index}`,
    logs: [{ description: `Log ${index}`, log_id: toBase64(id), key: toBase64(spki), state }],
  }));
  return JSON.stringify({ version: '1.1', log_list_timestamp: '2026-01-01T00:00:00Z', operators });
}

describe('a chain that is judged', () => {
  const logs = [mintLog(), mintLog(), mintLog()];
  const folder = createFolder({
    'root.pem': root.pem,
    'list.json': googleList(logs),
    'other.json': googleList([mintLog()]),
  });
  const file = (name: string) => join(folder, name);
  const judges = (...lists: readonly string[]): Judges => ({
    roots: readRoots(file('root.pem'), AT),
    lists: readLogLists(lists.map(file), undefined),
    at: AT,
  });
  const chain = [leaf, intermediate].map(({ der }) => der);

  it('has a path to a root of one’s own, for its name alone', () => {
    assert.equal(judge({ chain, ocsp: undefined }, HOST, judges()).path.valid, true);
    const { path } = judge({ chain, ocsp: undefined }, 'other.example.com', judges());
    assert.deepEqual([path.valid, path.valid || path.code], [false, 'x509.name_mismatch']);
    const gap = judge({ chain: chain.slice(0, 1), ocsp: undefined }, HOST, judges()).path;
    assert.deepEqual([gap.valid, gap.valid || gap.code], [false, 'x509.untrusted']);
  });

  it('says nothing about an empty chain, or one of other bytes', () => {
    const { pins, path } = judge({ chain: [], ocsp: undefined }, HOST, judges());
    assert.deepEqual([pins, path.valid], [[], false]);
  });

  it('has its stapled response verified', () => {
    const status = (ocsp: Uint8Array) => judge({ chain, ocsp }, HOST, judges()).ocsp;
    assert.equal(status(goodOcsp(leaf, intermediate, AT)).status, 'good');
    assert.deepEqual(Object.values(status(goodOcsp(leaf, intermediate, AT - 30 * 86_400_000))).slice(0, 2), [
      'not proven',
      'ocsp.stale',
    ]);
    assert.equal(status(goodOcsp(leaf, root, AT)).status, 'not proven');
    assert.equal(status(Uint8Array.of(1, 2, 3)).status, 'not proven');
  });

  it('has no response believed that only its own sender vouches for', () => {
    const stranger = mint({ subject: 'Stranger' });
    const forged = mint({ subject: HOST, issuer: stranger, names: [HOST] });
    const served = { chain: [forged, stranger].map(({ der }) => der), ocsp: goodOcsp(forged, stranger, AT) };
    const { status, code } = judge(served, HOST, judges()).ocsp;
    assert.deepEqual([status, code], ['not proven', 'x509.untrusted']);
  });

  it('has the response that a server staples', async () => {
    const server = createServer({ key: leaf.privatePem, cert: `${leaf.pem}${intermediate.pem}` });
    server.on('OCSPRequest', (_certificate, _issuer, done) =>
      done(null, Buffer.from(goodOcsp(leaf, intermediate, AT))),
    );
    const [host = '', port = ''] = (await listening(server)).split(':');
    const target = { host: HOST, port: 443, connectTo: { host, port: Number(port) } };
    const served = await look(target, { timeoutMs: 5000, signal: new AbortController().signal, roots: [] });
    assert.equal(judge(served, HOST, judges()).ocsp.status, 'good');
  });

  it('has its timestamps counted, checked only where there is a list', () => {
    const [stampedLeaf = new Uint8Array()] = parsePem(stamped(leaf, intermediate, logs), 'CERTIFICATE');
    const ask = (...lists: readonly string[]) =>
      judge({ chain: [stampedLeaf, intermediate.der], ocsp: undefined }, undefined, judges(...lists)).transparency;
    assert.deepEqual(
      ask().timestamps.map(({ outcome }) => outcome),
      ['not checked', 'not checked', 'not checked'],
    );
    assert.deepEqual(ask().policies, []);
    const checked = ask('list.json');
    assert.deepEqual(
      checked.timestamps.map(({ outcome, operator, time }) => [outcome, operator, time]),
      logs.map((_, index) => ['valid', `Operator ${index}`, new Date(TIMESTAMP).toISOString()]),
    );
    // Three logs and operators are enough for Chrome; Apple has no row for so long a life.
    assert.deepEqual(
      checked.policies.map(({ policy, met, why }) => [policy, met, why]),
      [
        ['chrome', true, []],
        ['apple', false, ['ct.policy_lifetime']],
      ],
    );
    assert.deepEqual(
      ask('other.json').timestamps.map(({ outcome }) => outcome),
      Array(3).fill('ct.log_unknown'),
    );
  });

  it('says that a list of timestamps cannot be read', () => {
    const [broken = new Uint8Array()] = parsePem(stamped(leaf, intermediate, logs, [0]), 'CERTIFICATE');
    const { transparency } = judge(
      { chain: [broken, intermediate.der], ocsp: undefined },
      undefined,
      judges('list.json'),
    );
    assert.equal(transparency.fault, 'ct.list_malformed');
  });

  it('refuses a list that Google did not sign, and a signature without a list', async () => {
    writeFileSync(file('list.sig'), Buffer.alloc(512));
    writeFileSync(file('leaf.pem'), leaf.pem);
    const get = (...args: readonly string[]) => inProcess(['pins', 'get', file('leaf.pem'), ...args]);
    const forged = await get('--log-list', file('list.json'), '--log-list-sig', file('list.sig'));
    assert.deepEqual([forged.code, /ct\.log_list_not_genuine/.test(forged.stderr)], [5, true]);
    assert.equal((await get('--log-list-sig', file('list.sig'))).code, 2);
    assert.equal((await get('--log-list', file('leaf.pem'))).code, 2);
  });
});

const Chain = z.looseObject({ chain_pem: z.array(z.string()), validation_time: z.string() });

describeVectors('chains of the web', (dir) => {
  const folder = createFolder();
  const lists = join(dir, 'x509/ct/lists');
  const google = [
    '--log-list',
    join(lists, 'google-log_list-80.14.json'),
    '--log-list-sig',
    join(lists, 'google-log_list-80.14.sig'),
  ];

  for (const host of ['amazon.com', 'apple.com', 'bing.com', 'stackoverflow.com']) {
    it(`${host} meets Chrome’s policy by Google’s own list`, async () => {
      const { chain_pem, validation_time } = Chain.parse(
        JSON.parse(readFileSync(join(dir, 'x509/ct/real', `${host}.json`), 'utf8')),
      );
      const path = join(folder, `${host}.pem`);
      writeFileSync(path, chain_pem.map((pem) => `${pem.trim()}\n`).join(''));
      // Issuers date certificates back: an hour later every timestamp lies in the past.
      const at = new Date(Date.parse(validation_time) + 86_400_000).toISOString();
      const { code, stdout } = await inProcess(['pins', 'get', path, '--at', at, ...google]);
      assert.equal(code, 0);
      assert.match(stdout, /path {6}valid, ends at /);
      assert.match(stdout, /chrome: met, by list google 80\.14, signed/);
    });
  }
});
