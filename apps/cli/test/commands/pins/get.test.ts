import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createServer, type Server } from 'node:tls';
import { assay, createFolder, inProcess } from '../../support/assay.ts';
import { mint, mintRequest } from '../../support/certificates.ts';

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
  'text.pem': 'hunter2\n',
  'broken.pem': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  'empty.der': '',
};

const LINES = [
  `  ${leaf.pin}  leaf          until 2040-01-01  CN=api.example.com`,
  `  ${intermediate.pin}  intermediate  until 2040-01-01  CN=Test Intermediate`,
  `  ${root.pin}  root          until 2040-01-01  CN=Test Root`,
];

describe('assay pins get', { concurrency: true }, () => {
  const folder = createFolder(FILES);
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
  after(() => {
    server.close();
    silent.close();
  });

  it('prints the pins of a chain in its order', async () => {
    const { code, stdout, stderr } = await assay(folder, ['pins', 'get', 'chain.pem']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(stdout, ['chain.pem  not verified', ...LINES, ''].join('\n'));
  });

  it('prints what a host sends, whoever it is, and says that nothing is verified', async () => {
    const args = ['pins', 'get', 'shop.example.com', '--connect', address];
    const { code, stdout, stderr } = await assay(folder, args);
    assert.equal(code, 0);
    assert.equal(stdout, ['shop.example.com:443  as served, not verified', ...LINES.slice(0, 2), ''].join('\n'));
    assert.match(stderr, /whether to trust it is not decided here/);
    assert.ok(names.includes('shop.example.com'));
  });

  it('has a schema', async () => {
    const { code, stdout } = await assay(folder, ['pins', 'get', 'leaf.der', 'backup.csr', '--json']);
    assert.equal(code, 0);
    const expires = '2040-01-01T00:00:00.000Z';
    assert.deepEqual(JSON.parse(stdout), {
      schema: 'assay.pins.get/1',
      trusted: false,
      sources: [
        {
          ...{ source: 'file', name: 'leaf.der' },
          pins: [{ pin: leaf.pin, role: 'leaf', subject: 'CN=api.example.com', expires }],
        },
        {
          ...{ source: 'file', name: 'backup.csr' },
          pins: [{ pin: request.pin, role: 'request', subject: null, expires: null }],
        },
      ],
    });
  });

  const refused: readonly (readonly [string, number, string])[] = [
    ['private.key', 5, 'pins.private_key_given'],
    ['mixed.pem', 5, 'pins.private_key_given'],
    ['public.pub', 5, 'pins.private_key_given'],
    ['forged.csr', 5, 'pins.request_signature_invalid'],
    ['text.pem', 2, 'der.'],
    ['broken.pem', 2, 'der.'],
    ['empty.der', 2, 'der.'],
    ['missing.pem', 3, 'cli.file_unreadable'],
    ['https://api.example.com', 3, 'cli.file_unreadable'],
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

  it('says that a host does not answer', async () => {
    const closed = await inProcess(['pins', 'get', '127.0.0.1:1']);
    assert.equal(closed.code, 3);
    assert.match(closed.stderr, /cli\.host_unreachable\)\n {2}found: {4}ECONNREFUSED/);
    const mute = await inProcess(['pins', 'get', 'api.example.com', '--connect', silentAddress, '--timeout', '1']);
    assert.equal(mute.code, 3);
    assert.match(mute.stderr, /found: {4}no answer in 1000 ms/);
  });
});

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP address');
  return `127.0.0.1:${address.port}`;
}
