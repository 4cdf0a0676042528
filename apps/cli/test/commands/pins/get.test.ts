import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { createServer, type Server } from 'node:tls';
import { assay, createFolder, inProcess } from '../../support/assay.ts';
import { mint, mintRequest } from '../../support/certificates.ts';
import { listening } from '../../support/listeners.ts';

const root = mint({ subject: 'Test Root' });
const intermediate = mint({ subject: 'Test Intermediate', issuer: root });
const leaf = mint({ subject: 'api.example.com', issuer: intermediate, names: ['api.example.com'] });
const request = mintRequest();

const FILES = {
  'chain.pem': `${leaf.pem}${intermediate.pem}${root.pem}`,
  'leaf.der': leaf.der,
  'backup.csr': request.pem,
  'forged.csr': mintRequest({ forged: true }).pem,
  'private.key': leaf.privatePem,
  'mixed.pem': `${leaf.pem}${leaf.privatePem}`,
  'public.pub': leaf.key.export({ type: 'pkcs8', format: 'der' }), // a private key under a harmless name
  'root.pem': root.pem,
  'broken.key': leaf.privatePem.replace('MIGH', 'MIGA'),
  'locked.key': leaf.key
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'correct horse' })
    .toString(),
  'passphrase.txt': 'correct horse\n',
  'text.pem': 'hunter2\n',
  'broken.pem': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  'empty.der': '',
  'prose.pem': `CONNECTED(00000003)\n---\n 0 s:CN = x\n${leaf.pem}Server certificate\n${intermediate.pem}${root.pem}---\n`,
  'slip.pem': `${leaf.pem}${intermediate.pem.replace('-----BEGIN', '----BEGIN')}`,
};

/** The first line of each pin; what is said of its key and its life stands beneath. */
const LINES = [
  `  ${leaf.pin}  leaf          until 2040-01-01  CN=api.example.com`,
  `  ${intermediate.pin}  intermediate  until 2040-01-01  CN=Test Intermediate`,
  `  ${root.pin}  root          until 2040-01-01  CN=Test Root`,
];

const pinLines = (stdout: string) => stdout.split('\n').filter((line) => /^ {2}[A-Za-z0-9+/]{43}= /.test(line));

describe('assay pins get', { concurrency: true }, () => {
  const folder = createFolder(FILES);
  const file = (name: string) => join(folder, name);
  /** In this process: a process of its own for each would cost the suite its pace. */
  const inFolder = (args: readonly string[]) =>
    inProcess(args.map((arg) => (Object.hasOwn(FILES, arg) || arg === 'before.json' ? file(arg) : arg)));
  const names: string[] = [];
  let server: Server;
  let address: string;
  const silent = createTcpServer();
  let silentAddress: string;

  before(async () => {
    const answer = (name: string, done: (error: null) => void) => {
      names.push(name);
      done(null);
    };
    server = createServer({ key: leaf.privatePem, cert: `${leaf.pem}${intermediate.pem}`, SNICallback: answer });
    server.on('tlsClientError', () => {});
    address = await listening(server);
    silentAddress = await listening(silent);
  });

  it('prints the pins of a chain in its order', async () => {
    const { code, stdout, stderr } = await assay(folder, ['pins', 'get', 'chain.pem']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(pinLines(stdout), LINES);
    assert.match(stdout, /^chain\.pem\n {2}path {6}not valid by Node's roots/);
    assert.match(stdout, /EC P-256, 7305 days, \d+ left, by CN=Test Intermediate\n/);
  });

  it('reads what openssl prints, also from stdin', async () => {
    for (const name of ['prose.pem', '-']) {
      const path = name === '-' ? name : file(name);
      const { code, stdout } = await inProcess(['pins', 'get', path], { stdin: FILES['prose.pem'] });
      assert.deepEqual([code, pinLines(stdout)], [0, LINES]);
    }
  });

  it('says which file is wrong, what a file may be, and what of an address is the host', async () => {
    const { stderr } = await inFolder(['pins', 'get', 'chain.pem', 'text.pem']);
    assert.match(stderr, /text\.pem: the input ends .*\(der\.truncated\)\n {2}next: {5}give PEM, DER/);
    const pasted = await inProcess(['pins', 'get', 'https://api.example.com:8443/v1/x']);
    assert.match(pasted.stderr, /next: {5}write api\.example\.com:8443\n/);
  });

  it('prints what a host sends, whoever it is, and says that nothing is verified', async () => {
    const args = ['pins', 'get', 'shop.example.com', '--connect', address];
    const { code, stdout, stderr } = await assay(folder, args);
    assert.equal(code, 0);
    assert.deepEqual(pinLines(stdout), LINES.slice(0, 2));
    assert.match(stdout, /^shop\.example\.com:443 {2}as served, 127\.0\.0\.1, TLSv1\.3\n {2}path {6}not valid/);
    assert.match(stderr, /whether to trust it is not decided here/);
    assert.ok(names.includes('shop.example.com'));
  });

  it('has a schema', async () => {
    const { code, stdout } = await inFolder(['pins', 'get', 'leaf.der', 'backup.csr', '--json', '--roots', 'root.pem']);
    assert.equal(code, 0);
    const [expires, notBefore] = ['2040-01-01T00:00:00.000Z', '2020-01-01T00:00:00.000Z'];
    const key = { algorithm: 'EC P-256', bits: 256 };
    const digest = createHash('sha256').update(leaf.der).digest('base64');
    const certificate = { issuer: 'CN=Test Intermediate', notBefore, lifetimeDays: 7305, digest };
    const { schema, trusted, sources } = JSON.parse(stdout);
    assert.deepEqual([schema, trusted], ['assay.pins.get/1', false]);
    const [first, second] = sources;
    assert.deepEqual(first.pins, [
      { pin: leaf.pin, role: 'leaf', subject: 'CN=api.example.com', expires, key, certificate },
    ]);
    assert.deepEqual(
      [first.source, first.name, first.path.valid, first.path.code],
      ['file', file('leaf.der'), false, 'x509.untrusted'],
    );
    assert.deepEqual(second, {
      ...{ source: 'file', name: file('backup.csr') },
      pins: [{ pin: request.pin, role: 'request', subject: null, expires: null, key, certificate: null }],
    });
  });

  it('judges the path by roots of one’s own', async () => {
    const { stdout } = await inFolder(['pins', 'get', 'chain.pem', '--roots', 'root.pem']);
    assert.match(stdout, /path {6}valid, ends at Test Root of \S*root\.pem/);
    const other = ['pins', 'get', 'other.example.com', '--connect', address, '--roots', 'root.pem'];
    assert.match((await inFolder(other)).stdout, /not valid .*x509\.name_mismatch/);
    const named = await inFolder([...other, '--sni', 'api.example.com']);
    assert.match(named.stdout, /path {6}valid/);
  });

  it('shows the pin of a private key and nothing else of it', async () => {
    for (const name of ['private.key', 'public.pub']) {
      const { code, stdout, stderr } = await inFolder(['pins', 'get', name]);
      assert.deepEqual([code, stderr], [0, '']);
      assert.equal(stdout, `${file(name)}\n  ${leaf.pin}  private key\n      EC P-256\n`);
    }
    const { stdout } = await inFolder(['pins', 'get', 'mixed.pem', 'private.key', '--json']);
    const body = leaf.privatePem.split('\n')[1] ?? '';
    assert.equal(stdout.includes(body.slice(8, 40)), false);
  });

  it('opens an encrypted key by a file with the passphrase, and asks nobody where nobody is', async () => {
    const open = await inFolder(['pins', 'get', 'locked.key', '--passphrase-file', 'passphrase.txt']);
    assert.deepEqual([open.code, open.stdout.includes(leaf.pin)], [0, true]);
    const shut = await inFolder(['pins', 'get', 'locked.key']);
    assert.deepEqual([shut.code, shut.stdout], [5, '']);
    assert.match(shut.stderr, /pins\.passphrase_needed/);
  });

  it('says whether the key survived a renewal', async () => {
    const first = await inFolder(['pins', 'get', 'chain.pem', '--json']);
    writeFileSync(join(folder, 'before.json'), first.stdout);
    const compare = () => inFolder(['pins', 'get', 'chain.pem', '--before', 'before.json']);
    assert.match((await compare()).stdout, /renewal {3}the same certificate/);
    writeFileSync(join(folder, 'before.json'), first.stdout.replaceAll(/"digest": "...../g, '"digest": "other'));
    assert.match((await compare()).stdout, /renewal {3}renewed, and the key survived/);
    writeFileSync(join(folder, 'before.json'), first.stdout.replaceAll(leaf.pin, request.pin));
    assert.match((await compare()).stdout, /another key than before/);
    writeFileSync(join(folder, 'before.json'), first.stdout.replaceAll(intermediate.pin, request.pin));
    assert.match((await compare()).stdout, /authorities that are new: /);
    writeFileSync(join(folder, 'before.json'), '{"schema":"assay.pins.get/2"}');
    assert.equal((await compare()).code, 2);
  });

  it('shows the others when one host does not answer', async () => {
    const { code, stdout, stderr } = await inFolder(['pins', 'get', '127.0.0.1:1', 'chain.pem']);
    assert.equal(code, 3);
    assert.deepEqual(pinLines(stdout), LINES);
    assert.match(stderr, /127\.0\.0\.1:1: no TLS connection.*ECONNREFUSED/);
  });

  it('asks every address of a host', async () => {
    const port = address.split(':')[1];
    const args = ['pins', 'get', `localhost:${port}`, '--all-addresses', '--family', '4', '--json'];
    const { code, stdout } = await inFolder(args);
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(stdout).sources[0].addresses, ['127.0.0.1']);
  });

  const refused: readonly (readonly [string, number, string])[] = [
    ['broken.key', 5, 'pins.private_key_unusable'],
    ['forged.csr', 5, 'pins.request_signature_invalid'],
    ['text.pem', 2, 'der.'],
    ['broken.pem', 2, 'der.'],
    ['empty.der', 2, 'cli.document_invalid'],
    ['missing.pem', 3, 'cli.file_unreadable'],
    ['https://api.example.com', 2, 'cli.usage'],
    ['slip.pem', 5, 'pins.input_unknown'],
    ['api.example.com:0', 2, 'cli.usage'],
    ['bad host', 2, 'cli.usage'],
  ];
  for (const [name, exit, reason] of refused) {
    it(`refuses ${name} and shows nothing of it`, async () => {
      const path = name.includes('.') && !name.includes(':') ? join(folder, name) : name;
      const { code, stdout, stderr } = await inProcess(['pins', 'get', path]);
      assert.deepEqual([code, stdout], [exit, '']);
      assert.ok(stderr.includes(`(${reason}`), stderr);
      assert.doesNotMatch(stderr, /hunter2|BEGIN|MI[A-Za-z0-9+/]{10}|\n {4}at /);
    });
  }

  it('shows the others when a file is missing', async () => {
    const { code, stdout, stderr } = await inProcess(['pins', 'get', file('missing.pem'), file('chain.pem')]);
    assert.deepEqual([code, pinLines(stdout)], [3, LINES]);
    assert.match(stderr, /cannot read \S*missing\.pem: ENOENT/);
  });

  it('shows the others when a file holds no pin, and ends with what is wrong with that', async () => {
    const { code, stdout, stderr } = await inProcess(['pins', 'get', file('broken.key'), file('chain.pem')]);
    assert.deepEqual([code, pinLines(stdout)], [5, LINES]);
    assert.match(stderr, /broken\.key: .*\n {2}next: {5}/);
  });

  it('calls stdin by its name, and says that it is empty', async () => {
    const { code, stderr } = await inProcess(['pins', 'get', '-'], { stdin: '' });
    assert.equal(code, 2);
    assert.match(stderr, /assay: stdin: it is empty/);
  });

  it('says that a host does not answer', async () => {
    const closed = await inProcess(['pins', 'get', '127.0.0.1:1']);
    assert.equal(closed.code, 3);
    assert.match(closed.stderr, /cli\.host_unreachable\)\n {2}found: {4}ECONNREFUSED/);
    const mute = await inProcess(['pins', 'get', 'api.example.com', '--connect', silentAddress, '--timeout', '1']);
    assert.equal(mute.code, 3);
    assert.match(mute.stderr, /found: {4}no answer in 1000 ms/);
  });
});
