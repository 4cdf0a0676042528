import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { createLab } from '@assay/mitm';
import { openSetup, type SetupServer } from '../../../src/mitm/phone/setup.ts';

const { authority } = createLab({ clock: Date.now, hosts: ['api.assay.test'] });

describe('the setup page', () => {
  let setup: SetupServer;
  before(async () => {
    setup = await openSetup({
      ...{ address: '127.0.0.1', port: 0, proxyPort: 8877, hosts: ['api.assay.test'], authority: authority.pem },
      ...{ untrusted: false, now: () => ({ heading: 'N4', ask: 'tap', done: [] }) },
    });
  });
  after(() => setup.close());

  function ask(path: string, host: string | undefined = undefined, method = 'GET') {
    return new Promise<{ status?: number; type?: string; body: string }>((resolve, reject) => {
      const headers = host === undefined ? {} : { host };
      const sent = request({ port: setup.port, path, method, headers }, async (response) => {
        const body = await text(response.setEncoding('latin1'));
        const { statusCode: status, headers: got } = response;
        resolve({ ...(status && { status }), ...(got['content-type'] && { type: got['content-type'] }), body });
      });
      sent.on('error', reject).end();
    });
  }

  it('offers the authority in every form that phones take', async () => {
    assert.equal((await ask('/authority.pem')).body, authority.pem);
    const der = await ask('/authority.cer');
    assert.equal(der.type, 'application/x-x509-ca-cert');
    assert.ok(new X509Certificate(Buffer.from(der.body, 'latin1')).raw.equals(authority.certificate));
    assert.equal((await ask('/authority.mobileconfig')).type, 'application/x-apple-aspen-config');
    assert.match((await ask('/now')).body, /N4/);
  });

  it('names itself and the proxy as the phone has reached it', async () => {
    assert.match((await ask('/assay.pac', 'phone.lan:8878')).body, /"PROXY phone\.lan:8877"/);
    assert.match((await ask('/assay.pac', '[fd00::1]:8878')).body, /"PROXY \[fd00::1\]:8877"/);
    assert.match((await ask('/', '192.0.2.7:8878')).body, /http:\/\/192\.0\.2\.7:8878\/assay\.pac/);
    for (const host of ['a"b', 'a b', '<x>', `${'a'.repeat(300)}`]) {
      assert.match((await ask('/assay.pac', host)).body, /"PROXY 127\.0\.0\.1:8877"/, host);
    }
  });

  it('has nothing else, and nothing to change', async () => {
    for (const path of ['/authority.key', '/../authority.key', '//', '/constructor', '/__proto__', '/%00']) {
      assert.equal((await ask(path)).status, 404, path);
    }
    assert.equal((await ask('/', undefined, 'POST')).status, 405);
    assert.deepEqual(await ask('/assay.pac?x=1', undefined, 'HEAD').then(({ status, body }) => [status, body]), [
      200,
      '',
    ]);
  });

  it('outlives what is no HTTP', async () => {
    for (const noise of [
      '\u0016\u0003\u0001',
      'GET http://[ HTTP/1.1\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
    ]) {
      await new Promise((resolve) => {
        const socket = connect(setup.port, '127.0.0.1', () => socket.end(noise, 'latin1'));
        socket
          .on('error', () => {})
          .on('close', resolve)
          .resume();
      });
    }
    assert.equal((await ask('/')).status, 200);
  });

  it('says where it cannot listen', async () => {
    const again = openSetup({
      ...{ address: '127.0.0.1', port: setup.port, proxyPort: 1, hosts: [], authority: authority.pem },
      ...{ untrusted: false, now: () => ({ heading: '', ask: '', done: [] }) },
    });
    await assert.rejects(again, { code: 'cli.port_unavailable' });
  });
});
