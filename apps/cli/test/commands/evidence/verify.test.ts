import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openPlayToken } from '@assay/evidence';
import { parseBase64 } from '@assay/formats';
import { assay, createFolder, inProcess } from '../../support/assay.ts';
import {
  ANDROID_ROOT,
  APPLE_ROOT,
  AT,
  androidEvidence,
  appleEvidence,
  huaweiEvidence,
  huaweiRoot,
  PLAY_KEYS,
  playEvidence,
} from '../../support/evidence.ts';

const [genuine, unlocked, apple] = await Promise.all([
  androidEvidence(),
  androidEvidence(['unlocked-bootloader']),
  appleEvidence(),
]);

const [play, basicOnly, hms, rooted, harmony] = await Promise.all([
  playEvidence(),
  playEvidence(['basic-only']),
  huaweiEvidence('hms'),
  huaweiEvidence('hms', ['rooted-device']),
  huaweiEvidence('harmony'),
]);

const decoded = openPlayToken(play.token, {
  decryptionKey: parseBase64(play.decryptionKey),
  verificationKey: parseBase64(play.verificationKey),
});

const FILES = {
  'play.json': JSON.stringify(play),
  'play.jwe': play.token,
  'decoded.json': JSON.stringify({
    ...play,
    token: undefined,
    decryptionKey: undefined,
    tokenPayloadExternal: decoded,
  }),
  'basic-only.json': JSON.stringify(basicOnly),
  'decryption.key': `${PLAY_KEYS.decryptionKey}\n`,
  'verification.key': PLAY_KEYS.verificationKey,
  'hms.json': JSON.stringify(hms),
  'hms.jws': hms.jws,
  'rooted.json': JSON.stringify(rooted),
  'harmony.json': JSON.stringify(harmony),
  'hms-root.pem': huaweiRoot('hms'),
  'harmony-root.pem': huaweiRoot('harmony'),
  'android.json': JSON.stringify(genuine.document),
  'android.pem': genuine.pem,
  'unlocked.json': JSON.stringify(unlocked.document),
  'apple.json': JSON.stringify(apple),
  'apple.b64': apple.attestationObject,
  'android-root.pem': ANDROID_ROOT,
  'apple-root.pem': APPLE_ROOT,
  'outside.json': JSON.stringify({ ...genuine.document, chain: undefined, chainFile: '../../etc/passwd' }),
  'list.json': '[]',
  'text.txt': 'hunter2',
  'deep.json': `{"chain":${'['.repeat(200)}${']'.repeat(200)}}`,
  'wrong-types.json': JSON.stringify({ kind: 'android-key-attestation', chain: 7, challenge: ['x'], verifyAt: 'soon' }),
  'unknown-kind.json': '{"kind":"toString"}',
  'empty-policy.json': '{}',
  'no-roots.pem': '',
};

describe('assay evidence verify', { concurrency: true }, () => {
  const folder = createFolder(FILES);
  const file = (name: string) => join(folder, name);
  const verify = (args: readonly string[]) =>
    inProcess(['evidence', 'verify', ...args.map((each) => (each in FILES ? file(each) : each))]);

  it('proves genuine evidence under the roots it is told', async () => {
    const args = ['evidence', 'verify', 'android.json', '--trust', 'android-root.pem'];
    const { code, stdout, stderr } = await assay(folder, args);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(
      stdout,
      /^android-key-attestation {2}android\.json\n {2}checked as of 2026-11-21T12:00:00\.000Z, against roots of your own: android-root\.pem\n/,
    );
    assert.match(stdout, /\n\nPolicy strict@1\n/);
    assert.match(stdout, /\nnot compared: revocation \(give --status-list\), key /);
    assert.match(stdout, /\nVERIFIED, warning, assurance substantial\n$/);
  });

  it('takes a PEM chain with options in place of members', async () => {
    const { code } = await verify([
      ...['android.pem', '--trust', 'android-root.pem', '--challenge', 'utf8:a challenge of this test', '--at', AT],
      ...['--package', 'com.example.bank', '--digest', 'ab'.repeat(32)],
    ]);
    assert.equal(code, 0);
  });

  it('tells evidence that does not hold from a policy that refuses', async () => {
    const untrusted = await verify(['android.json']);
    assert.equal(untrusted.code, 1);
    assert.match(untrusted.stdout, /REJECTED \S+ {2}the evidence does not hold\n$/);
    const refused = await verify(['unlocked.json', '--trust', 'android-root.pem']);
    assert.equal(refused.code, 1);
    assert.match(refused.stdout, /REJECTED .*policy\.\w+.* {2}the evidence holds, the policy refuses it\n$/);
  });

  it('asks for the keys of the Play Console by the options that bring them', async () => {
    const { code, stderr } = await verify(['play.jwe', '--package', 'com.example.bank', '--request-hash', 'x']);
    assert.equal(code, 2);
    assert.match(stderr, /cli\.member_invalid\)\n {2}found: .*--decryption-key FILE, --verification-key FILE\n/);
  });

  it('opens a token of Play Integrity, and says that no genuine one has proven the checks', async () => {
    const { code, stdout } = await verify(['play.json']);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /\nPolicy play-strict@1\n/);
    assert.match(stdout, /\nplay-integrity: no genuine sample has proven these checks, see docs\/verification\n/);
    assert.match(stdout, /\nVERIFIED, affirming, assurance low\n$/);
    const { synthetic } = JSON.parse((await verify(['play.json', '--json'])).stdout);
    assert.deepEqual(synthetic, ['play-integrity']);
    assert.match((await verify(['basic-only.json'])).stdout, /REJECTED policy\.integrity_insufficient/);
  });

  it("judges what Google's endpoint decoded, without keys, and says what it did not check", async () => {
    const { code, stdout } = await verify(['decoded.json', '--json']);
    const { outcome, checks } = JSON.parse(stdout);
    assert.deepEqual([code, outcome], [0, 'verified']);
    const notRun = checks.flatMap((check: { check: string; outcome: string }) =>
      check.outcome === 'not_run' ? [check.check] : [],
    );
    assert.deepEqual(notRun, ['play-integrity.token', 'play-integrity.decryption', 'play-integrity.signature']);
  });

  it('takes a bare token with the keys as files', async () => {
    const keys = ['--decryption-key', file('decryption.key'), '--verification-key', file('verification.key')];
    const bound = ['--request-hash', play.expectedRequestHash, '--package', 'com.example.bank', '--at', AT];
    const { code, stdout } = await verify(['play.jwe', ...keys, ...bound]);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /\nnot compared: signer \(give --digest\)\n/);
    assert.equal((await verify(['play.jwe', ...keys, ...bound, '--nonce', 'AAAA'])).code, 2);
    assert.equal((await verify(['play.jwe', ...keys.slice(0, 2), ...bound])).code, 2, 'one key is none');
    assert.equal((await verify(['play.json', '--trust', 'hms-root.pem'])).code, 2, 'Play has keys and no roots');
  });

  it("proves results of Huawei's services, each under the root of its own", async () => {
    for (const [name, root] of [
      ['hms.json', 'hms-root.pem'],
      ['harmony.json', 'harmony-root.pem'],
    ] as const) {
      const { code, stdout } = await verify([name, '--trust', root, '--app-id', '100200300']);
      assert.equal(code, 0, stdout);
      assert.match(stdout, /-sysintegrity: no genuine sample has proven these checks/);
    }
    assert.match((await verify(['hms.json', '--trust', 'harmony-root.pem'])).stdout, /REJECTED x509\.untrusted/);
    assert.match((await verify(['hms.json'])).stdout, /REJECTED x509\.untrusted/);
    const other = await verify(['hms.json', '--trust', 'hms-root.pem', '--app-id', '1']);
    assert.match(other.stdout, /REJECTED huawei\.app_id_mismatch/);
    const refused = await verify(['rooted.json', '--trust', 'hms-root.pem']);
    assert.match(refused.stdout, /REJECTED policy\.integrity_insufficient {2}the evidence holds/);
    const nonce = ['--nonce', 'utf8:a challenge of this test', '--package', 'com.example.bank', '--at', AT];
    const bare = await verify(['hms.jws', '--trust', 'hms-root.pem', '--flavour', 'hms', ...nonce]);
    assert.equal(bare.code, 0, bare.stdout);
    assert.match(bare.stdout, /\nnot compared: signer \(give --digest\), app id \(give --app-id\)\n/);
  });

  it('inspects tokens', async () => {
    const inspect = async (name: keyof typeof FILES) =>
      JSON.parse((await inProcess(['evidence', 'inspect', file(name), '--json'])).stdout);
    const sealed = await inspect('play.jwe');
    assert.deepEqual([sealed.kind, sealed.description.verdict], ['play-integrity', null]);
    const opened = await inspect('play.json');
    assert.equal(opened.description.verdict.requestPackage, 'com.example.bank');
    const result = await inspect('harmony.json');
    assert.deepEqual([result.kind, result.description.flavour], ['huawei-sysintegrity', 'harmony']);
  });

  it('has a schema', async () => {
    const { code, stdout } = await verify(['apple.json', '--trust', 'apple-root.pem', '--json']);
    assert.equal(code, 0);
    const { schema, kind, outcome, reasons, checks, verdict } = JSON.parse(stdout);
    assert.deepEqual([schema, kind], ['assay.evidence.verify/1', 'apple-app-attest-attestation']);
    assert.deepEqual([outcome, reasons, verdict.policy], ['verified', [], 'strict@1']);
    assert.ok(checks.every((check: { outcome: string }) => check.outcome === 'passed'));
  });

  it('inspects without trusting', async () => {
    const { code, stdout, stderr } = await assay(folder, ['evidence', 'inspect', 'android.json']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^android-key-attestation {2}android\.json {2}not verified\n/);
    const bare = await inProcess(['evidence', 'inspect', file('apple.b64'), '--json']);
    const { schema, kind } = JSON.parse(bare.stdout);
    assert.deepEqual([bare.code, schema, kind], [0, 'assay.evidence.inspect/1', 'apple-app-attest-attestation']);
  });

  const wrong: readonly (readonly [string, readonly string[], number, string])[] = [
    ['a missing file', ['missing.json'], 3, 'cli.file_unreadable'],
    ['a device without end', ['/dev/zero'], 3, 'cli.file_unreadable'],
    ['a folder', ['/'], 3, 'cli.file_unreadable'],
    ['a list', ['list.json'], 2, 'cli.not_evidence'],
    ['text', ['text.txt'], 2, 'cli.not_evidence'],
    ['deep nesting', ['deep.json'], 2, 'json.too_deep'],
    ['members of wrong types', ['wrong-types.json'], 2, 'cli.member_invalid'],
    ['a kind that is none', ['unknown-kind.json'], 2, 'cli.not_evidence'],
    ['a file outside the folder', ['outside.json'], 2, 'cli.file_refused'],
    ['a time that is none', ['android.json', '--at', 'soon'], 2, 'cli.member_invalid'],
    ['a file of roots without roots', ['android.json', '--trust', 'no-roots.pem'], 5, 'cli.roots_empty'],
    ['a policy without rules', ['android.json', '--policy', 'empty-policy.json'], 5, 'policy.document_invalid'],
    ['two files', ['android.json', 'apple.json'], 2, 'cli.usage'],
  ];
  for (const [name, args, exit, reason] of wrong) {
    it(`refuses ${name}`, async () => {
      const { code, stdout, stderr } = await verify(args);
      assert.deepEqual([code, stdout], [exit, ''], stderr);
      assert.ok(stderr.includes(`(${reason})`), stderr);
      assert.doesNotMatch(stderr, /hunter2|\n {4}at /);
    });
  }
});
