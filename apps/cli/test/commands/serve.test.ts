import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { connect } from 'node:tls';
import { assay, createFolder, inProcess } from '../support/assay.ts';
import { mint } from '../support/certificates.ts';
import { startServer } from '../support/server.ts';

const root = mint({ subject: 'Test Root' });
const leaf = mint({ subject: 'localhost', issuer: root, names: ['localhost'] });
const renewed = mint({ subject: 'renewed', issuer: root, names: ['localhost'] });

describe('assay serve', { concurrency: true }, () => {
  it('says where it listens, and that test roots are loaded; stops when asked', async () => {
    const folder = createFolder({ 'roots.pem': root.pem });
    const server = await startServer(folder, ['--test-roots', 'roots.pem']);
    assert.equal((await fetch(`${server.publicUrl}/livez`)).status, 200);
    assert.equal((await fetch(`${server.operatorUrl}/livez`)).status, 200);
    assert.equal(await server.stop(), 0);
    const talk = server.talk.join('\n');
    assert.match(talk, /issuer +http:\/\/127\.0\.0\.1\/t\/main\/e\/dev/);
    assert.match(talk, /TEST ROOTS/);
    assert.match(talk, /listens on +127\.0\.0\.1:\d+ \(clear text\)\nassay: apps call +http:\/\/127\.0\.0\.1\n/);
    assert.match(talk, /DEVELOPMENT: main\/dev/);
    assert.doesNotMatch(talk, /ASSAY_STATUS_LIST/);
    assert.match(talk, /stopping\nassay: stopped$/);
  });

  it('warns of what a start without a status list means beyond development', async () => {
    const server = await startServer(createFolder(), [
      ...['--environment', 'main/prod:production', '--trust-refresh', 'off'],
    ]);
    assert.equal(await server.stop(), 0);
    assert.match(
      server.talk.join('\n'),
      /WARNING: without a status list .*ASSAY_TRUST_REFRESH in docs\/configuration\.md/,
    );
  });

  it('takes renewed TLS files at a hang-up, and keeps the old pair when they do not fit', async () => {
    const folder = createFolder({ 'cert.pem': leaf.pem, 'key.pem': leaf.privatePem });
    const server = await startServer(folder, ['--tls-cert', 'cert.pem', '--tls-key', 'key.pem']);
    try {
      assert.equal(await servedBy(server.publicUrl), 'localhost');
      writeFileSync(join(folder, 'cert.pem'), renewed.pem);
      await hungUp(server, /not taken/);
      assert.equal(await servedBy(server.publicUrl), 'localhost');
      writeFileSync(join(folder, 'key.pem'), renewed.privatePem);
      await hungUp(server, /read again/);
      assert.equal(await servedBy(server.publicUrl), 'renewed');
    } finally {
      await server.stop();
    }
  });

  it('refuses an address that is taken, a folder in use, and a key file of another installation', async () => {
    const folder = createFolder();
    const server = await startServer(folder);
    try {
      const listen = new URL(server.publicUrl).host;
      const own = ['--data', join(createFolder(), 'data')];
      const { code, stdout, stderr } = await assay(folder, [...SERVE, ...own, '--listen', listen]);
      assert.deepEqual([code, stdout], [5, '']);
      assert.match(stderr, /cli\.port_unavailable\)\n {2}found: {4}listen EADDRINUSE/);
    } finally {
      await server.stop();
    }
    const running = await startServer(folder);
    try {
      const { code, stderr } = await assay(folder, [...SERVE, '--listen', '127.0.0.1:0']);
      assert.equal(code, 5);
      assert.match(stderr, /another process is using the data folder \.assay \(server\.data_in_use\)/);
    } finally {
      await running.stop();
    }
    const other = join(createFolder(), 'kek');
    const { code, stderr } = await assay(folder, [...SERVE, '--listen', '127.0.0.1:0', '--kek-file', other]);
    assert.equal(code, 5);
    assert.match(stderr, /\(server\.kek_missing\)/);
  });

  const wrong: readonly (readonly [string, readonly string[], number, string])[] = [
    ['a data folder that is a file', ['--data', 'file'], 5, 'cli.data_unusable'],
    ['a configuration that is missing', ['--config', 'missing.json'], 3, 'cli.file_unreadable'],
    ['a configuration that is a list', ['--config', 'list.json'], 2, 'cli.document_invalid'],
    ['an unknown member', ['--config', 'unknown.json'], 5, 'server.config_invalid'],
    ['clear text beyond loopback', ['--listen', '0.0.0.0:0'], 5, 'server.clear_text_refused'],
    [
      'test roots beside production',
      ['--test-roots', 'roots.pem', '--environment', 'main/prod:production'],
      5,
      'server.test_roots_refused',
    ],
    ['TLS files that are none', ['--tls-cert', 'file', '--tls-key', 'file'], 5, 'server.tls_unreadable'],
    ['an environment in another form', ['--environment', 'prod'], 2, 'cli.usage'],
    ['workers that are no number', ['--workers', 'many'], 5, 'server.config_invalid'],
    ['an operand', ['now'], 2, 'cli.usage'],
  ];
  for (const [name, args, exit, reason] of wrong) {
    it(`refuses ${name}`, async () => {
      const folder = createFolder({
        file: 'x',
        'list.json': '[]',
        'unknown.json': '{"lisden":1}',
        'roots.pem': root.pem,
      });
      const given = args.map((each) => (existsSync(join(folder, each)) ? join(folder, each) : each));
      const { code, stdout, stderr } = await inProcess([...SERVE, '--data', join(folder, 'data'), ...given]);
      assert.deepEqual([code, stdout], [exit, ''], stderr);
      assert.ok(stderr.includes(`(${reason})`), stderr);
      assert.doesNotMatch(stderr, /\n {4}at /);
    });
  }
});

it('says that the origin is missing, and how to give it', async () => {
  const { code, stderr } = await inProcess(['serve']);
  assert.equal(code, 5);
  assert.match(stderr, /found: {4}origin is missing: --origin https:/);
});

const SERVE = [
  'serve',
  '--origin',
  'http://127.0.0.1',
  '--admin-listen',
  '127.0.0.1:0',
  '--environment',
  'main/dev:development',
];

/** The common name that a listener shows. */
function servedBy(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', rejectUnauthorized: false });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
  });
}

async function hungUp(server: Awaited<ReturnType<typeof startServer>>, said: RegExp): Promise<void> {
  server.hangUp();
  for (let tries = 0; tries < 200 && !server.talk.some((line) => said.test(line)); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.match(server.talk.at(-1) ?? '', said);
}
