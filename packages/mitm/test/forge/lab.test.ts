import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { parsePem } from '@assay/formats';
import { parseCertificate, spkiPin } from '@assay/x509';
import { createLab } from '../../src/forge/index.ts';
import { KEYS } from '../../src/recipe.ts';
import { forge, HOST, LAB, NOW, trust } from './support/client.ts';

const DAY = 86_400_000;
const clock = () => NOW;
const hosts = [HOST];

const spkiOf = (key: KeyObject) => new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }));
const withCode = (code: string) => (error: unknown) => error instanceof ConfigError && error.code === code;
const first = <T>(items: readonly T[]): T => items[0] ?? assert.fail('there is none');

describe('createLab', () => {
  it('forges a chain that strict validators accept, with the pinned key', async () => {
    const forged = await forge({});
    const path = trust(forged).certificates;
    assert.equal(path.length, 2);
    assert.deepEqual(await LAB.pins(['pinned']), [{ key: 'pinned', pin: spkiPin(first(forged.chain)) }]);
    assert.deepEqual(spkiOf(forged.key), first(path).spki);
  });

  it('forges what the valid server is said to be', async () => {
    const { chain, ...rest } = await forge({});
    const leaf = parseCertificate(first(chain));
    assert.equal(leaf.notBefore, NOW - 30 * DAY);
    assert.equal(leaf.notAfter, NOW + 30 * DAY);
    assert.deepEqual(leaf.subjectAltNames, [{ kind: 'dns', value: HOST }]);
    assert.deepEqual(Object.keys(rest).sort(), ['http', 'key', 'tls']);
  });

  it('gives every leaf a serial number of its own, under one intermediate', async () => {
    const chains = (await Promise.all([forge({}), forge({})])).map(({ chain }) => chain);
    const serials = chains.map((chain) => parseCertificate(first(chain)).serialHex);
    assert.notEqual(serials[0], serials[1]);
    assert.deepEqual(chains[0]?.[1], chains[1]?.[1]);
  });

  it('hands on what is not about certificates', async () => {
    const recipe = { tls: { alpn: ['h2'] }, http: { hsts: true }, raw: { kind: 'held' } } as const;
    const { tls, http, raw } = await forge(recipe);
    assert.deepEqual({ tls, http, raw }, recipe);
  });

  it('keeps its root valid for a client whose clock is off by a year', () => {
    const { notBefore, notAfter } = parseCertificate(LAB.authority.certificate);
    assert.ok(notBefore <= NOW - 365 * DAY && notAfter >= NOW + 365 * DAY);
  });

  it('sends, where a recipe sends it, the root that clients trust', async () => {
    const { chain } = await forge({ chain: { send: ['leaf', 'intermediate', 'root'] } });
    assert.deepEqual(chain[2], LAB.authority.certificate);
  });
});

describe('hosts of a lab', () => {
  const lab = createLab({ clock, hosts: [HOST, 'Example.com.', 'bücher.example.com', '10.0.0.7'] });
  const forgeFor = (host: string) => lab.forge({}, { host, at: NOW });

  it('are those that were named, and those that are nobody’s', async () => {
    const allowed = [
      'example.com',
      'EXAMPLE.COM',
      'xn--bcher-kva.example.com',
      '10.0.0.7',
      '127.0.0.1',
      '::1',
      'x.invalid',
      '192.0.2.99',
      '2001:db8::5',
    ];
    for (const host of allowed) await forgeFor(host);
  });

  it('are no others', async () => {
    for (const host of [
      'example.org',
      'below.example.com',
      'beside.bücher.example.com',
      'badexample.com',
      'com',
      '192.0.3.8',
      'sibling.com',
      'a.b.example.org',
      'test.example.net',
    ]) {
      await assert.rejects(forgeFor(host), withCode('mitm.host_not_named'), host);
    }
  });

  it('have to be hosts', async () => {
    for (const host of [
      '',
      'a b',
      'https://example.com',
      'example.com:443',
      '*.example.com',
      'a..b',
      'example.com\0',
    ]) {
      await assert.rejects(forgeFor(host), withCode('mitm.host_invalid'), host);
      assert.throws(() => createLab({ clock, hosts: [host] }), withCode('mitm.host_invalid'), host);
    }
    assert.throws(() => createLab({ clock, hosts: [] }), withCode('mitm.hosts_empty'));
  });

  it('may be addresses', async () => {
    const { chain } = await forgeFor('10.0.0.7');
    assert.deepEqual(parseCertificate(first(chain)).subjectAltNames, [
      { kind: 'ip', value: Uint8Array.of(10, 0, 0, 7) },
    ]);
  });

  it('fit their certificate also where they fit no common name', async () => {
    const long = `${'a'.repeat(60)}.example.test`;
    const leaf = parseCertificate(first((await forgeFor(long)).chain));
    assert.deepEqual(leaf.subject.attributes, []);
    assert.equal(leaf.extensions.get('2.5.29.17')?.critical, true);
  });
});

describe('pins of a lab', () => {
  it('are those of its pinned keys, and of none that is not', async () => {
    const lab = createLab({ clock, hosts });
    const [pinned, backup, ...others] = await lab.pins(['pinned', 'backup', 'pinned-p384']);
    assert.deepEqual([pinned?.key, backup?.key, others.length], ['pinned', 'backup', 1]);
    const { chain } = await lab.forge({ chain: { leaf: { key: 'other' } } }, { host: HOST, at: NOW });
    assert.ok(![pinned, backup, ...others].some((each) => each?.pin === spkiPin(first(chain))));
  });

  it('lead to the private keys that serve them', async () => {
    for (const { name } of KEYS.filter(({ kind }) => kind !== 'rsa-4096')) {
      const { chain, key } = await forge({ chain: { leaf: { key: name } } });
      assert.deepEqual(spkiOf(key), parseCertificate(first(chain)).spki, name);
      assert.equal(first(await LAB.pins([name])).pin, spkiPin(first(chain)), name);
    }
  });
});

describe('the key that an app pins already', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const lab = createLab({ clock, hosts, leafKey: privateKey });

  it('serves in the place of `pinned`, and is the only one that is pinned', async () => {
    const { chain, key } = await lab.forge({}, { host: HOST, at: NOW });
    assert.equal(key, privateKey);
    assert.deepEqual(await lab.pins(), [{ key: 'pinned', pin: spkiPin(first(chain)) }]);
  });

  it('is never handed out', () => {
    const exported = Object.values(lab.export().keys).map((pem) => spkiOf(createPrivateKey(pem)));
    assert.ok(exported.every((spki) => Buffer.compare(spki, spkiOf(privateKey)) !== 0));
  });

  it('has to be a private key that servers have', () => {
    for (const leafKey of [publicKey, generateKeyPairSync('x25519').privateKey]) {
      assert.throws(() => createLab({ clock, hosts, leafKey }), withCode('mitm.leaf_key_unusable'));
    }
  });
});

describe('a lab that outlives a run', () => {
  it('comes back with its authority and its keys', async () => {
    const lab = createLab({ clock, hosts });
    const pins = await lab.pins(['pinned', 'backup', 'pinned-ed25519']);
    const again = createLab({ clock, hosts, keys: lab.export() });
    assert.equal(again.authority.pem, lab.authority.pem);
    assert.deepEqual(again.authority.certificate, first(parsePem(lab.authority.pem, 'CERTIFICATE')));
    assert.deepEqual(await again.pins(['pinned', 'backup', 'pinned-ed25519']), pins);
    trust(await again.forge({}, { host: HOST, at: NOW }), { lab: again });
    assert.deepEqual(again.export(), lab.export());
  });

  it('is refused when it has expired, or its parts do not belong together', () => {
    const kept = createLab({ clock, hosts }).export();
    const other = createLab({ clock, hosts }).export();
    const opened =
      (keys: typeof kept, at = NOW) =>
      () =>
        createLab({ clock: () => at, hosts, keys });
    assert.throws(opened(kept, NOW + 401 * DAY), withCode('mitm.lab_expired'));
    assert.throws(
      opened({ ...kept, authority: { ...kept.authority, key: other.authority.key } }),
      withCode('mitm.lab_malformed'),
    );
    assert.throws(
      opened({ ...kept, authority: { ...kept.authority, certificate: 'x' } }),
      withCode('mitm.lab_malformed'),
    );
    assert.throws(opened({ ...kept, keys: { ...kept.keys, pinned: 'x' } }), withCode('mitm.lab_malformed'));
    assert.throws(
      opened({ ...kept, authority: { ...kept.authority, certificate: '' } }),
      withCode('mitm.lab_malformed'),
    );
  });

  it('never tells a key in an error', () => {
    const kept = createLab({ clock, hosts }).export();
    const damaged = kept.authority.key.replace(/\n.{8}/, '\nAAAAAAAA');
    assert.throws(
      () => createLab({ clock, hosts, keys: { ...kept, authority: { ...kept.authority, key: damaged } } }),
      (error: Error) =>
        withCode('mitm.lab_malformed')(error) &&
        !JSON.stringify(error, Object.getOwnPropertyNames(error)).includes(damaged.slice(40, 60)),
    );
  });
});
