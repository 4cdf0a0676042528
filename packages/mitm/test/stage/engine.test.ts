import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { type ConnectionOptions, connect } from 'node:tls';
import { toPem } from '@assay/formats';
import type { Recipe } from '../../src/recipe.ts';
import { opensslOptions } from '../../src/stage/openssl.ts';
import { ask, askOver, openConnect, secure } from './support/clients.ts';
import { CA, forge, HOST, openWorld } from './support/world.ts';

/** A client that takes what modern ones refuse, so that it can be seen that it was served. */
const ANYTHING: ConnectionOptions = {
  rejectUnauthorized: false,
  minVersion: 'TLSv1',
  ciphers: 'ALL:eNULL:@SECLEVEL=0',
};

interface Row {
  readonly what: string;
  readonly recipe: Recipe;
  readonly client?: ConnectionOptions;
  readonly version: string;
  readonly cipher?: string;
}

const ROWS: readonly Row[] = [
  { what: 'TLS 1.3 alone', recipe: { tls: { versions: ['tls1.3'] } }, version: 'TLSv1.3' },
  { what: 'TLS 1.2 alone', recipe: { tls: { versions: ['tls1.2'] } }, version: 'TLSv1.2' },
  { what: 'TLS 1.1 alone', recipe: { tls: { versions: ['tls1.1'] } }, version: 'TLSv1.1' },
  { what: 'TLS 1.0 alone', recipe: { tls: { versions: ['tls1.0'] } }, version: 'TLSv1' },
  { what: 'a root of SHA-1', recipe: { chain: { leaf: { hash: 'sha1' } } }, version: 'TLSv1.3' },
  { what: 'a leaf of MD5', recipe: { chain: { leaf: { hash: 'md5' } } }, version: 'TLSv1.3' },
  { what: 'a key of RSA with 1,024 bits', recipe: { chain: { leaf: { key: 'pinned-rsa-1024' } } }, version: 'TLSv1.3' },
  { what: 'P-384', recipe: { chain: { leaf: { key: 'pinned-p384' } } }, version: 'TLSv1.3' },
  { what: 'Ed25519', recipe: { chain: { leaf: { key: 'pinned-ed25519' } } }, version: 'TLSv1.3' },
  { what: 'indefinite lengths', recipe: { chain: { leaf: { encoding: 'indefinite-length' } } }, version: 'TLSv1.3' },
  {
    what: 'a cipher that is named',
    recipe: { tls: { cipher: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256' } },
    version: 'TLSv1.2',
    cipher: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  },
];

describe('engines', () => {
  for (const { what, recipe, client, version, cipher } of ROWS) {
    it(`serve ${what}`, async (t) => {
      const world = await openWorld(t, { recipe });
      const answer = await ask(await openConnect(world.port), { ...ANYTHING, ...client });
      assert.equal(answer.status, 200, answer.error);
      const connection = await world.only();
      assert.equal(connection.version, version);
      assert.ok(connection.cipher !== undefined && (cipher === undefined || connection.cipher === cipher));
      assert.deepEqual([connection.handshake, connection.certificateSent], ['completed', true]);
      assert.ok(connection.applicationBytes > 0);
      assert.equal(connection.requests.length, 1);
    });
  }

  it('refuse a client that knows none of the modern versions', async (t) => {
    const world = await openWorld(t, { recipe: { tls: { versions: ['tls1.3'] } } });
    const answer = await ask(await openConnect(world.port), { maxVersion: 'TLSv1.2' });
    assert.ok(answer.error);
    const connection = await world.only();
    assert.equal(connection.failure, 'ERR_SSL_UNSUPPORTED_PROTOCOL');
    assert.deepEqual([connection.handshake, connection.certificateSent], ['started', false]);
  });

  for (const [version, named] of [
    ['tls1.0', 'TLSv1'],
    ['tls1.1', 'TLSv1.1'],
    ['ssl3', 'SSLv3'],
  ] as const) {
    it(`put ${version} before a client that did not name it, whose alert counts`, async (t) => {
      const world = await openWorld(t, { recipe: { tls: { versions: [version] } } });
      const answer = await ask(await openConnect(world.port));
      assert.ok(answer.error?.startsWith('ERR_SSL_'), answer.error);
      const connection = await world.only();
      assert.deepEqual([connection.version, connection.alert?.code, connection.wentOn ?? false], [named, 70, false]);
    });
  }

  for (const requestOCSP of [true, false]) {
    it(`send ${requestOCSP ? 'a' : 'no'} staple to a client that asks for ${requestOCSP ? 'one' : 'none'}`, async (t) => {
      const forged = await forge({ staple: { status: 'revoked' } });
      const world = await openWorld(t, { forgedFor: () => forged });
      const { socket } = await openConnect(world.port);
      const client = connect({ socket, servername: HOST, ca: CA, requestOCSP });
      let staple: Buffer | undefined;
      client.on('OCSPResponse', (octets) => {
        staple = octets;
      });
      await once(client, 'secureConnect');
      client.destroy();
      assert.deepEqual(
        staple === undefined ? undefined : new Uint8Array(staple),
        requestOCSP ? forged.staple : undefined,
      );
      assert.equal((await world.only()).hello?.asksForStaple, requestOCSP);
    });
  }

  it('ask for a certificate of the client, and see that it has one', async (t) => {
    const world = await openWorld(t, { recipe: { tls: { clientCertificate: 'request' } } });
    const { chain, key } = await forge();
    const own = {
      cert: toPem(chain[0] ?? new Uint8Array(), 'CERTIFICATE'),
      key: key.export({ type: 'pkcs8', format: 'pem' }),
    };
    assert.equal((await ask(await openConnect(world.port), own)).status, 200);
    assert.equal((await ask(await openConnect(world.port))).status, 200);
    assert.deepEqual(
      (await world.ended(2)).map((one) => one.clientCertificate),
      [true, false],
    );
  });

  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
    for (const sessions of ['tickets', 'none'] as const) {
      it(`resume sessions of ${maxVersion} where the recipe has ${sessions}`, async (t) => {
        const world = await openWorld(t, { recipe: { tls: { sessions } } });
        const first = await secure(await openConnect(world.port), { maxVersion });
        const tickets: Buffer[] = [];
        first.on('session', (ticket) => tickets.push(ticket));
        const told = once(first, 'session');
        await askOver(first);
        if (maxVersion === 'TLSv1.3') await Promise.race([told, once(first, 'close')]);
        const session = tickets.at(-1) ?? first.getSession();
        assert.ok(session !== undefined);
        assert.equal((await ask(await openConnect(world.port), { maxVersion, session })).status, 200);
        const resumed = sessions === 'tickets';
        const seen = (await world.ended(2)).map((one) => [one.resumed, one.certificateSent]);
        assert.deepEqual(seen, [
          [false, true],
          [resumed, !resumed],
        ]);
      });
    }
  }

  it('answer a protocol that the client did not name, where the recipe insists', async (t) => {
    const world = await openWorld(t, { recipe: { tls: { alpn: ['assay-unknown'] } } });
    const wire = await openConnect(world.port);
    await ask(wire, { ALPNProtocols: ['http/1.1'] });
    wire.end();
    assert.equal((await world.only()).alpn, 'assay-unknown');
  });
});

describe('options of OpenSSL', () => {
  it('are in the order of versions, whatever the order of the recipe', async () => {
    const { minVersion, maxVersion } = opensslOptions(
      await forge({ tls: { versions: ['tls1.2', 'tls1.0', 'tls1.1'] } }),
    );
    assert.deepEqual([minVersion, maxVersion], ['TLSv1', 'TLSv1.2']);
  });

  it('cannot be made of SSL 3.0', async () => {
    const forged = await forge({ tls: { versions: ['ssl3'] } });
    assert.throws(() => opensslOptions(forged), TypeError);
  });
});
