import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial, type Server } from 'node:net';
import { describe, it } from 'node:test';
import { connect, createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { createLab } from '../../src/forge/index.ts';
import { createRecordTap, type RecordTap, type TapSeen } from '../../src/tap/record-tap.ts';

const HOST = 'api.assay.test';
const lab = createLab({ clock: () => Date.now(), hosts: [HOST] });

const portOf = async (server: Server): Promise<number> => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
};

/** What a tap between Node's client and Node's server sees; the client trusts `ca`. */
async function seenBetween(options: TlsOptions, ca: string | undefined): Promise<TapSeen> {
  const { chain, key } = await lab.forge({}, { host: HOST, at: Date.now() });
  const pem = chain.map(
    (der) => `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`,
  );
  const server = createTlsServer({ ...options, cert: pem.join(''), key: key.export({ type: 'pkcs8', format: 'pem' }) });
  server
    .on('secureConnection', (socket) => socket.on('error', () => undefined).end())
    .on('tlsClientError', () => undefined);
  const port = await portOf(server);
  const tap = createRecordTap();
  const relay = relayTo(port, tap);
  const client = connect({
    host: '127.0.0.1',
    port: await portOf(relay),
    servername: HOST,
    ...(ca === undefined ? {} : { ca }),
  });
  await new Promise((resolve) =>
    client
      .on('error', () => undefined)
      .on('close', resolve)
      .resume(),
  );
  for (const each of [relay, server]) each.close();
  return tap.seen();
}

function relayTo(port: number, tap: RecordTap): Server {
  return createServer((near) => {
    const far = dial(port, '127.0.0.1');
    near.on('data', (octets) => tap.feed('client', octets)).on('error', () => far.destroy());
    far.on('data', (octets) => tap.feed('server', octets)).on('error', () => near.destroy());
    near.pipe(far).pipe(near);
  });
}

describe('between Node and Node', { timeout: 30_000 }, () => {
  it('a client that does not trust us leaves after our Certificate', async () => {
    for (const version of ['TLSv1.3', 'TLSv1.2'] as const) {
      const seen = await seenBetween({ minVersion: version, maxVersion: version }, undefined);
      assert.equal(seen.hello?.serverName, HOST);
      assert.deepEqual([seen.certificateSent, seen.lost], [true, { client: false, server: false }], version);
      assert.equal(seen.choice?.version, version === 'TLSv1.3' ? 0x0304 : 0x0303);
    }
  });

  it('a client that trusts us finishes', async () => {
    const { records, alerts } = await seenBetween({}, lab.authority.pem);
    assert.ok(records.some(({ from, type }) => from === 'client' && type === 23));
    assert.deepEqual(alerts, {});
  });

  it('a retry is followed to its end', async () => {
    const { choice, certificateSent } = await seenBetween({ ecdhCurve: 'P-521' }, lab.authority.pem);
    assert.deepEqual([choice?.version, choice?.isRetry, certificateSent], [0x0304, false, true]);
  });
});
