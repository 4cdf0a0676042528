import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readArtifact } from '@assay/pin-configs';
import fc from 'fast-check';
import { entriesOf } from './entries.ts';
import { writeDex } from './write-dex.ts';

const RETURN_VOID = 0x0e;
const THROW = 0x27;
const MANAGER = 'Ljavax/net/ssl/X509ExtendedTrustManager;';

const manager = (descriptor: string, code: readonly number[]) => ({
  descriptor,
  superclass: MANAGER,
  method: 'checkServerTrusted',
  code,
});

async function binaryOf(dex: Uint8Array) {
  const documents = await readArtifact(entriesOf({ 'AndroidManifest.xml': '', 'classes.dex': dex }), 'a.apk');
  return documents.find((document) => document.kind === 'binary');
}

describe('bytecode', () => {
  it('tells a trust manager that checks nothing from one of the app’s own', async () => {
    const dex = writeDex([
      manager('Lcom/example/Blind;', [RETURN_VOID]),
      manager('Lcom/example/Own;', [THROW, RETURN_VOID]),
    ]);
    const facts = (await binaryOf(dex))?.facts.map(({ kind, what }) => [kind, what]);
    assert.deepEqual(facts, [
      ['trust_all', 'com.example.Blind.checkServerTrusted, which has no code'],
      ['custom_trust_manager', 'X509TrustManager: com.example.Own'],
    ]);
  });

  it('says once what many classes of one vendor are', async () => {
    const dex = writeDex(['A', 'B', 'C'].map((name) => manager(`Lorg/vendor/${name};`, [THROW])));
    const facts = (await binaryOf(dex))?.facts ?? [];
    assert.deepEqual(
      facts.map(({ what }) => what),
      ['X509TrustManager: org.vendor.A and 2 more beside it'],
    );
  });

  it('lists hosts once, without names of specifications', async () => {
    const strings = [
      'https://api.example.com/v1',
      'wss://api.example.com',
      'http://schemas.android.com/apk',
      'http://javax.xml.transform/x',
      'no address',
    ];
    assert.deepEqual((await binaryOf(writeDex([], strings)))?.hosts, ['api.example.com']);
  });

  it('tells stacks by their classes', async () => {
    const dex = writeDex([
      { descriptor: 'Lokhttp3/OkHttpClient;', superclass: 'Ljava/lang/Object;', method: 'run', code: [RETURN_VOID] },
    ]);
    assert.deepEqual(
      (await binaryOf(dex))?.stacks.map(({ stack }) => stack),
      ['okhttp'],
    );
  });

  it('reads or reports a file with any bytes altered', async () => {
    const valid = writeDex([manager('Lcom/example/Blind;', [RETURN_VOID])], ['https://api.example.com']);
    const edits = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(edits, async (all) => {
        const bytes = valid.slice();
        for (const [at, octet] of all) bytes[at] = octet;
        const documents = await readArtifact(entriesOf({ 'AndroidManifest.xml': '', 'classes.dex': bytes }), 'a.apk');
        assert.ok(documents.every(({ kind }) => kind === 'unreadable' || kind === 'binary'));
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});
