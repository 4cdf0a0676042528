import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createServer } from 'node:tls';
import { NODE_PIN_CRYPTO, verifyPinSet, verifyRootDocument } from '@assay/pins';
import { createSupportCode } from '@assay/tokens';
import { assay, createFolder, inProcess, type Transcript } from '../support/assay.ts';
import { mint } from '../support/certificates.ts';
import { type RunningServer, startServer } from '../support/server.ts';

// The commands that talk to a server, one after the other as an operator would call them.

const APP = {
  id: 'com.example.bank',
  label: 'Example Bank',
  android: { packages: [{ name: 'com.example.bank', signers: [{ sha256: 'ab'.repeat(32), label: 'CI' }] }] },
  audiences: ['https://api.example.com'],
};
const API = { audience: 'https://api.example.com', label: 'Example API' };
const [IN_USE, BACKUP] = [mint({ subject: 'in use' }).pin, mint({ subject: 'backup' }).pin];
const hostsOf = (...spki: readonly string[]) => JSON.stringify({ hosts: [{ h: 'api.example.com', spki }] });

const FILES = {
  'app.json': JSON.stringify(APP),
  'api.json': JSON.stringify(API),
  'bad-app.json': JSON.stringify({ ...APP, android: undefined }),
  'nameless.json': '{}',
  'twice.json': '{"id":"a","id":"b"}',
  'set.json': hostsOf(IN_USE, BACKUP),
  'next.json': JSON.stringify({ ...JSON.parse(hostsOf(IN_USE, BACKUP)), exp: '2026-12-31T00:00:00Z' }),
  'single.json': hostsOf(IN_USE),
  'odd-set.json': JSON.stringify({ hosts: [{ h: 'api.example.com', spki: [IN_USE, BACKUP], sub: 'yes' }], keys: 1 }),
  'value.txt': 'hunter2',
  'not-a-token': 'hunter2',
};

describe('assay against a server', () => {
  const folder = createFolder(FILES);
  const file = (name: string) => join(folder, name);
  let server: RunningServer;
  before(async () => {
    server = await startServer(folder);
  });
  after(() => server.stop());

  const place = () => ['--server', server.operatorUrl, '--issuer', 'main/dev'];
  /** The real process, with the credential where the server put it. */
  const run = (args: readonly string[], stdin = '') => assay(folder, [...args, ...place()], { stdin });
  /** The same inside this process, for rows. */
  const call = (args: readonly string[], stdin = ''): Promise<Transcript> =>
    inProcess([...args, ...place()], { stdin, env: { ASSAY_CREDENTIAL_FILE: file('.assay/operator-token') } });
  const json = async (args: readonly string[]) => JSON.parse((await call([...args, '--json'])).stdout);

  it('finds a credential that the first start wrote, for this user alone and never shown', () => {
    const path = file('.assay/operator-token');
    const token = readFileSync(path, 'utf8').trim();
    assert.match(token, /^assay_admin_/);
    if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.ok(server.talk.some((line) => line.includes('.assay/operator-token')));
    assert.ok(!server.talk.join('\n').includes(token));
  });

  it('registers an API and an app', async () => {
    const api = await run(['api', 'register', 'api.json']);
    assert.deepEqual(api, { code: 0, stdout: 'api https://api.example.com is registered, version 1\n', stderr: '' });
    const app = await call(['app', 'register', file('app.json'), '--version', '0']);
    assert.deepEqual(app, { code: 0, stdout: 'app com.example.bank is registered, version 1\n', stderr: '' });
    assert.deepEqual(await json(['app', 'register', file('app.json')]), {
      ...{ schema: 'assay.app.register/1', id: 'com.example.bank', version: 2 },
    });
  });

  it('lists apps', async () => {
    const { code, stdout, stderr } = await run(['app', 'list']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(stdout, 'com.example.bank  version 2  Example Bank, policy strict\n');
    const { schema, apps } = await json(['app', 'list']);
    assert.deepEqual([schema, apps[0].document.label], ['assay.app.list/1', 'Example Bank']);
  });

  it('makes, signs and publishes a root document', async () => {
    for (const use of ['root', 'pins']) await inProcess(['keys', 'create', use, '--out', file(`${use}.key`)]);
    const { code, stdout, stderr } = await run([
      ...['pins', 'root', '--app', APP.id, '--root-key', 'root.key', '--pins-key', 'pins.key.pub'],
      ...['--out', 'root-1.json', '--publish'],
    ]);
    assert.deepEqual([code, stdout], [0, '']);
    assert.match(stderr, /^com\.example\.bank: root document 1, epoch 1, until \S+, published\n$/);
    const root = await verifyRootDocument(readFileSync(file('root-1.json'), 'utf8').trim(), {
      ...{ app: APP.id, env: 'dev', ...NODE_PIN_CRYPTO },
    });
    assert.deepEqual([root.v, root.epoch, root.roles.reply.keys.size], [1, 1, 1]);
  });

  it('signs a pin set here and publishes it at the next version', async () => {
    const options = ['--app', APP.id, '--pins-key', 'pins.key', '--skip-live-check'];
    const first = await run(['pins', 'publish', ...options, '--set', 'set.json']);
    assert.deepEqual([first.code, first.stdout], [0, 'com.example.bank: epoch 1, version 1 is published\n']);
    assert.match(first.stderr, /^warning {2}not_checked_live api\.example\.com: /);
    const whole = ['--app', APP.id, '--pins-key', file('pins.key'), '--skip-live-check', '--set', file('next.json')];
    const dry = await call(['pins', 'publish', ...whole, '--dry-run']);
    assert.equal(dry.stdout, 'com.example.bank: epoch 1, version 2 is signed and not published\n');
    const { schema, version, published, hash, set } = await json(['pins', 'publish', ...whole]);
    assert.deepEqual([schema, version, published], ['assay.pins.publish/1', 2, true]);
    assert.equal(set.exp, Date.parse('2026-12-31T00:00:00Z') / 1000);
    const root = await verifyRootDocument(readFileSync(file('root-1.json'), 'utf8').trim(), {
      ...{ app: APP.id, env: 'dev', ...NODE_PIN_CRYPTO },
    });
    const answer = await fetch(`${server.publicUrl}/t/main/e/dev/v1/pins/${APP.id}`);
    const wire = JSON.stringify(JSON.parse(await answer.text()).set);
    const context = { app: APP.id, env: 'dev', now: Date.now(), ...NODE_PIN_CRYPTO };
    assert.equal((await verifyPinSet(wire, root, context)).hash, hash);
  });

  it('follows a root document by another with a new epoch, where versions start anew', async () => {
    await inProcess(['keys', 'create', 'pins', '--out', file('new.key')]);
    const next = await call([
      ...['pins', 'root', '--app', APP.id, '--root-key', file('root.key'), '--pins-key', file('new.key.pub')],
      ...['--before', file('root-1.json'), '--new-epoch', '--publish', '--out', file('root-2.json')],
    ]);
    assert.match(next.stderr, /root document 2, epoch 2, until/);
    const options = ['--app', APP.id, '--set', file('set.json'), '--skip-live-check'];
    const old = await call(['pins', 'publish', ...options, '--pins-key', file('pins.key')]);
    assert.deepEqual([old.code, old.stdout], [5, '']);
    assert.match(old.stderr, /pins\.signer_not_in_role/);
    const renewed = await call(['pins', 'publish', ...options, '--pins-key', file('new.key')]);
    assert.equal(renewed.stdout, 'com.example.bank: epoch 2, version 1 is published\n');
  });

  it('compares a set with what the hosts serve now', async () => {
    const root = mint({ subject: 'Test Root' });
    const leaf = mint({ subject: 'api.example.com', issuer: root, names: ['api.example.com'] });
    const host = createServer({ key: leaf.privatePem, cert: leaf.pem }).listen(0, '127.0.0.1');
    host.on('tlsClientError', () => {});
    await once(host, 'listening');
    const address = host.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    writeFileSync(file('roots.pem'), root.pem);
    writeFileSync(file('live.json'), hostsOf(leaf.pin, BACKUP));
    writeFileSync(file('no-backup.json'), hostsOf(leaf.pin, root.pin));
    const publish = (set: string, ...more: readonly string[]) =>
      call([
        ...['pins', 'publish', '--app', APP.id, '--pins-key', file('new.key'), '--set', file(set), '--dry-run'],
        ...['--connect', `api.example.com=127.0.0.1:${port}`, ...more],
      ]);
    const live = ['--live-roots', file('roots.pem')];
    const fits = await publish('live.json', ...live);
    assert.deepEqual([fits.code, fits.stderr], [0, '']);
    const other = await publish('set.json', ...live);
    assert.deepEqual([other.code, other.stdout], [5, '']);
    assert.match(other.stderr, /^error {2}live_mismatch api\.example\.com: .*\nassay: .*\(pins\.would_brick\)/);
    assert.match((await publish('no-backup.json', ...live)).stderr, /^error {2}no_backup /);
    const untrusted = await publish('live.json');
    assert.deepEqual([untrusted.code, untrusted.stdout], [3, '']);
    assert.match(untrusted.stderr, /\(cli\.host_untrusted\)/);
    host.close();
  });

  it('stores a secret from stdin or a file, and never shows it', async () => {
    const piped = await run(['secrets', 'set', APP.id, 'maps', '--file', '-'], 'hunter2\n');
    assert.deepEqual([piped.code, piped.stdout], [0, 'secret maps of com.example.bank is stored, version 1\n']);
    assert.match(piped.stderr, /ends in a newline/);
    const stored = await call(['secrets', 'set', APP.id, 'maps', '--file', file('value.txt'), '--minimum', 'high']);
    assert.deepEqual(stored, {
      ...{ code: 0, stdout: 'secret maps of com.example.bank is stored, version 2\n', stderr: '' },
    });
    for (const { stdout, stderr } of [piped, stored]) assert.doesNotMatch(stdout + stderr, /hunter2/);
  });

  it('shows what a support code stands for', async () => {
    const support = await refusedRequest(server, APP.id);
    const { code, stdout, stderr } = await shownWhenFlushed(() => call(['device', 'show', support.toLowerCase()]));
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^\(unknown\) {2}\d{4}-\S+Z {2}rejected tokens\.request_malformed\n/);
    assert.equal((await json(['device', 'show', support])).schema, 'assay.device.show/1');
  });

  it('says where the codes of API refusals are', async () => {
    const { code, stderr } = await call(['device', 'show', createSupportCode(new Uint8Array(7))]);
    assert.deepEqual([code, /\((http\.support_unknown)\)/.exec(stderr)?.[1]], [2, 'http.support_unknown'], stderr);
    assert.match(stderr, /next: .*API's own log \(`onEvent` of the middleware\)/);
  });

  it('says what to do about a mistyped support code', async () => {
    const { code, stderr } = await call(['device', 'show', '7KQ2M-9XR4T-0']);
    assert.equal(code, 2);
    assert.match(stderr, /\(tokens\.support_code_invalid\)\n {2}next: +ask the user to read the code again/);
  });

  it('follows the chain of admin acts', async () => {
    const { code, stdout, stderr } = await run(['audit', 'verify']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^HOLDS {2}\d+ rows\n$/);
    const { schema, holds } = await json(['audit', 'verify']);
    assert.deepEqual([schema, holds], ['assay.audit.verify/1', true]);
  });

  const refused: readonly (readonly [string, readonly string[], number, string])[] = [
    ['an app without a platform', ['app', 'register', 'bad-app.json'], 2, 'cli.server_refused'],
    ['a document without its name', ['app', 'register', 'nameless.json'], 2, 'cli.document_invalid'],
    ['a document with a name twice', ['app', 'register', 'twice.json'], 2, 'json.name_duplicate'],
    ['a version that is not the last', ['app', 'register', 'app.json', '--version', '1'], 2, 'service.conflict'],
    ['a version that is no number', ['app', 'register', 'app.json', '--version', '1e9'], 2, 'cli.usage'],
    ['an issuer that is not there', ['app', 'list', '--issuer', 'main/prod'], 2, 'http.issuer_unknown'],
    ['an issuer in another form', ['app', 'list', '--issuer', '../..'], 2, 'cli.issuer_malformed'],
    [
      'clear text to another machine',
      ['app', 'list', '--server', 'http://192.0.2.1:8081'],
      5,
      'cli.server_address_refused',
    ],
    [
      'a name that looks like loopback',
      ['app', 'list', '--server', 'http://localhost.example.com'],
      5,
      'cli.server_address_refused',
    ],
    ['a server that is not there', ['app', 'list', '--server', 'http://127.0.0.1:1'], 3, 'cli.server_unreachable'],
    ['no credential', ['app', 'list', '--credential-file', 'nothing'], 3, 'cli.file_unreadable'],
    ['what is no credential', ['app', 'list', '--credential-file', 'not-a-token'], 5, 'cli.credential_unusable'],
    ['a set of one pin', ['pins', 'publish', ...signing('single.json')], 5, 'pins.would_brick'],
    ['a set with other members', ['pins', 'publish', ...signing('odd-set.json')], 2, 'cli.document_invalid'],
    [
      'a pin set of an app without a root',
      ['pins', 'publish', ...signing('set.json', 'other')],
      2,
      'cli.server_refused',
    ],
    [
      'a public key to sign with',
      ['pins', 'publish', ...signing('set.json', APP.id, 'new.key.pub')],
      5,
      'cli.key_unusable',
    ],
    ['a key that is none', ['pins', 'publish', ...signing('set.json', APP.id, 'value.txt')], 5, 'cli.key_unusable'],
    [
      'a root document without a signer',
      ['pins', 'root', ...rooting('root.key.pub', 'new.key')],
      5,
      'pins.signer_not_in_role',
    ],
    ['one key in two roles', ['pins', 'root', ...rooting('root.key', 'root.key')], 2, 'pins.document_malformed'],
    ['a secret on the command line', ['secrets', 'set', APP.id, 'maps', 'hunter2'], 2, 'cli.usage'],
    ['a secret without a file', ['secrets', 'set', APP.id, 'maps'], 2, 'cli.usage'],
    ['an empty secret', ['secrets', 'set', APP.id, 'maps', '--file', '-'], 2, 'cli.usage'],
    [
      'a secret of an unknown app',
      ['secrets', 'set', 'other', 'maps', '--file', 'value.txt'],
      2,
      'service.app_unknown',
    ],
    ['a support code with a slip', ['device', 'show', '7KQ2M-9XR4T-0'], 2, 'tokens.support_code_invalid'],
    ['a path as a support code', ['device', 'show', '../../../metrics'], 2, ''],
  ];
  for (const [name, args, exit, reason] of refused) {
    it(`refuses ${name}`, async () => {
      const given = args.map((each) => (each in FILES || /\.(key|pub)$|^nothing$/.test(each) ? file(each) : each));
      // What a row says of the place comes last, and wins.
      const [noun, verb, ...rest] = given;
      const { code, stdout, stderr } = await inProcess([noun ?? '', verb ?? '', ...place(), ...rest], {
        env: { ASSAY_CREDENTIAL_FILE: file('.assay/operator-token') },
      });
      assert.deepEqual([code, stdout], [exit, ''], stderr);
      assert.ok(stderr.includes(`(${reason}`), stderr);
      assert.doesNotMatch(stderr, /hunter2|assay_admin_|\n {4}at /);
    });
  }

  it('refuses a credential of another server', async () => {
    const own = createFolder({ token: `assay_admin_${'A'.repeat(43)}` });
    const { code, stderr } = await call(['app', 'list', '--credential-file', join(own, 'token')]);
    assert.equal(code, 5);
    assert.match(stderr, /cli\.credential_refused\)\n {2}found: {4}401 credential_required/);
  });
});

function signing(set: string, app: string = APP.id, key = 'new.key'): readonly string[] {
  return ['--app', app, '--pins-key', key, '--set', set, '--skip-live-check'];
}

function rooting(rootKey: string, pinsKey: string): readonly string[] {
  return ['--app', APP.id, '--root-key', rootKey, '--pins-key', pinsKey];
}

/** Sends a request that cannot hold; the support code of its refusal. */
async function refusedRequest({ publicUrl }: RunningServer, app: string): Promise<string> {
  const body = JSON.stringify({ app, request: 'e30.e30.AA', evidence: [] });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${publicUrl}/t/main/e/dev/v1/attest`, { method: 'POST', headers, body });
  const { support } = JSON.parse(await answer.text());
  assert.equal(typeof support, 'string');
  return support;
}

/** Samples are written in the background, at least once a second. */
async function shownWhenFlushed(show: () => Promise<Transcript>): Promise<Transcript> {
  for (let tries = 0; tries < 100; tries++) {
    const shown = await show();
    if (shown.code === 0) return shown;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return show();
}
