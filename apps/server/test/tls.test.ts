import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { connect, type SecureVersion, type TLSSocket } from 'node:tls';
import { readTls, warnOfExposedKey } from '../src/tls.ts';
import { writeCertificate } from './support/certificate.ts';
import { ENGINES } from './support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-tls-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const files = writeCertificate(folder, 1);

/** A connection, once it is secure. */
function open(url: string, version?: SecureVersion): Promise<TLSSocket> {
  const { hostname, port } = new URL(url);
  return openAt(hostname, Number(port), version);
}

function openAt(host: string, port: number, version?: SecureVersion): Promise<TLSSocket> {
  const versions = version === undefined ? {} : { minVersion: version, maxVersion: version };
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      rejectUnauthorized: false,
      ciphers: 'DEFAULT@SECLEVEL=0',
      ...versions,
    });
    socket.once('secureConnect', () => resolve(socket));
    socket.once('error', reject);
  });
}

const ask = (socket: TLSSocket): Promise<string> =>
  new Promise((resolve) => {
    socket.once('data', (chunk) => resolve(chunk.toString()));
    socket.write('GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n');
  });

describe('TLS of the public listener', async () => {
  const [engine] = ENGINES;
  const site = await engine?.createSite();
  const running = await site?.start({ ...files });
  assert.ok(site !== undefined && running !== undefined);
  const { server, url } = running;
  after(() => site.remove());

  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    it(`speaks ${version}`, async () => {
      const socket = await open(url, version);
      assert.equal(socket.getProtocol(), version);
      assert.match(await ask(socket), /^HTTP\/1\.1 200 /);
      socket.destroy();
    });
  }

  for (const version of ['TLSv1', 'TLSv1.1'] as const) {
    it(`refuses ${version}`, async () => {
      await assert.rejects(open(url, version), { code: /ALERT|PROTOCOL|VERSION|ECONNRESET/ });
    });
  }

  it('takes renewed files while connections live, and keeps the old ones when the new do not fit', async () => {
    const old = await open(url);
    const serialOf = (socket: TLSSocket) => Number.parseInt(socket.getPeerCertificate().serialNumber, 16);
    assert.equal(serialOf(old), 1);
    writeCertificate(folder, 2);
    server.reload();
    const fresh = await open(url);
    assert.equal(serialOf(fresh), 2);
    assert.match(await ask(old), /^HTTP\/1\.1 200 /, 'the old connection lives');
    writeFileSync(files.tlsCert, 'no certificate');
    assert.throws(() => server.reload(), { code: 'server.tls_unreadable' });
    const still = await open(url);
    assert.equal(serialOf(still), 2);
    await assert.rejects(open(url, 'TLSv1.1'));
    for (const socket of [old, fresh, still]) socket.destroy();
  });
});

describe('TLS of a listener on `localhost`', () => {
  it('is renewed on every socket, since there is but one', async () => {
    const own = mkdtempSync(join(folder, 'localhost-'));
    const site = await ENGINES[0]?.createSite();
    assert.ok(site !== undefined);
    try {
      const { server } = await site.start({ ...writeCertificate(own, 5), listen: 'localhost:0' });
      const sockets = server.publicApp.addresses();
      assert.equal(sockets.length, 1);
      const [at] = sockets;
      assert.ok(typeof at === 'object' && at.address === '127.0.0.1');
      for (const serial of [5, 6]) {
        writeCertificate(own, serial);
        server.reload();
        const socket = await openAt(at.address, at.port);
        assert.equal(Number.parseInt(socket.getPeerCertificate().serialNumber, 16), serial);
        socket.destroy();
      }
    } finally {
      await site.remove();
    }
  });
});

describe('TLS files', () => {
  it('that are missing or do not fit stop the start', () => {
    const good = writeCertificate(folder, 3);
    assert.ok(readTls(good));
    assert.equal(readTls({ tlsCert: undefined, tlsKey: undefined }), undefined);
    const other = join(folder, 'other.pem');
    writeFileSync(other, 'x');
    for (const wrong of [
      { ...good, tlsKey: join(folder, 'none') },
      { ...good, tlsKey: other },
      { ...good, tlsCert: good.tlsKey },
    ]) {
      assert.throws(() => readTls(wrong), { code: 'server.tls_unreadable' });
    }
  });
});

describe('a TLS key', { skip: process.platform === 'win32' && 'no mode bits' }, () => {
  for (const [mode, warned] of [
    [0o600, false],
    [0o400, false],
    [0o640, true],
    [0o604, true],
    [0o644, true],
  ] as const) {
    it(`of mode ${mode.toString(8)} is ${warned ? '' : 'not '}warned of`, () => {
      const { tlsKey } = writeCertificate(folder, 4);
      chmodSync(tlsKey, mode);
      const talk: string[] = [];
      warnOfExposedKey({ tlsKey }, (line) => talk.push(line));
      assert.equal(talk.length, warned ? 1 : 0);
      if (warned) assert.ok(talk[0]?.includes(tlsKey) && talk[0].includes(`mode 0${mode.toString(8)}`));
      chmodSync(tlsKey, 0o600);
    });
  }
});
