import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createFolder, inProcess } from '../../support/assay.ts';
import { ANDROID_ROOT, APPLE_ROOT, androidEvidence, appleEvidence } from '../../support/evidence.ts';

const [{ document, pem }, apple] = await Promise.all([androidEvidence(), appleEvidence()]);
const { expectedPackage, expectedDigestSha256Hex: digest, ...unnamed } = document;
const challenge = document.challenge.utf8;
const itself = { packages: [{ name: expectedPackage }], signatureDigestsSha256Hex: [digest] };
const OTHER = 'cd'.repeat(32);

const FILES = {
  'plain.json': JSON.stringify(document),
  'unnamed.json': JSON.stringify(unnamed),
  'app.json': JSON.stringify({ ...document, expectedApp: itself }),
  'app-alone.json': JSON.stringify({ ...unnamed, expectedApp: itself }),
  'challenge.json': JSON.stringify({ ...document, challengeOverride: document.challenge }),
  'both.json': JSON.stringify({ ...document, expectedApp: itself, challengeOverride: document.challenge }),
  'no-challenge.json': JSON.stringify({ ...document, challenge: undefined }),
  'chain.pem': pem,
  'apple.json': JSON.stringify({ ...apple, environment: 'production' }),
  'allowed.json': JSON.stringify({ ...apple, allowedEnvironments: ['production', 'development'] }),
  'assertion.json': JSON.stringify({ assertionObject: 'oA==' }),
  'android-root.pem': ANDROID_ROOT,
  'apple-root.pem': APPLE_ROOT,
};

describe('options of assay evidence verify', { concurrency: true }, () => {
  const folder = createFolder(FILES);
  const verify = (args: readonly string[]) =>
    inProcess(['evidence', 'verify', ...args.map((each) => (each in FILES ? join(folder, each) : each)), '--json']);
  const trusted = (file: string, args: readonly string[]) => verify([file, '--trust', rootOf(file), ...args]);

  const ANDROID = ['plain.json', 'app.json', 'challenge.json', 'both.json', 'app-alone.json'];
  const APPLE = ['apple.json', 'allowed.json'];
  const wins: readonly (readonly [readonly string[], readonly string[], string | undefined])[] = [
    [ANDROID, ['--package', 'com.example.other'], 'android.package_mismatch'],
    [ANDROID, ['--package', expectedPackage, '--digest', OTHER], 'android.signer_mismatch'],
    [ANDROID, ['--digest', OTHER], 'android.signer_mismatch'],
    [ANDROID, ['--challenge', 'utf8:another'], 'android.challenge_mismatch'],
    [ANDROID, ['--package', expectedPackage, '--digest', digest.toUpperCase()], undefined],
    [ANDROID, ['--digest', digest], undefined],
    [ANDROID, ['--challenge', `utf8:${challenge}`], undefined],
    [APPLE, ['--app', 'TEST123456.com.example.other'], 'apple.'],
    [APPLE, ['--key-id', Buffer.alloc(32).toString('base64')], 'apple.'],
    [APPLE, ['--client-data-hash', Buffer.alloc(32).toString('base64')], 'apple.'],
    [APPLE, ['--client-data', 'utf8:another'], 'apple.nonce_mismatch'],
    [APPLE, ['--client-data', `utf8:${challenge}`], undefined],
    [APPLE, ['--client-data', `hex:${Buffer.from(challenge).toString('hex').toUpperCase()}`], undefined],
    [APPLE, ['--key-id', apple.keyId.replaceAll('+', '-').replaceAll('/', '_').replace('=', '')], undefined],
    [APPLE, ['--environment', 'development'], 'policy.'],
    [APPLE, ['--environment', 'production'], undefined],
  ];
  for (const [files, args, reason] of wins) {
    for (const file of files) {
      it(`${args.join(' ').slice(0, 60)} wins over ${file}`, async () => {
        const { code, stdout, stderr } = await trusted(file, args);
        const { outcome, reasons } = JSON.parse(stdout);
        assert.deepEqual([code, outcome], reason === undefined ? [0, 'verified'] : [1, 'rejected'], stderr);
        if (reason !== undefined) assert.ok(reasons[0].startsWith(reason), reasons.join());
      });
    }
  }

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a digest of no package', ['unnamed.json', '--digest', OTHER], /--package NAME/],
    ['a digest alone on a chain', ['chain.pem', '--challenge', 'AAAA', '--digest', OTHER], /--package NAME/],
    ['a digest that is none', ['plain.json', '--digest', 'abc'], /64 hexadecimal/],
    ['an environment that is none', ['apple.json', '--environment', 'foo'], /production or development/],
    ['a counter that is none', ['assertion.json', '--counter', ''], /whole number/],
    ['--app on a chain', ['chain.pem', '--app', 'x'], /--app: of no use/],
    ['--package on an attestation', ['apple.json', '--package', 'x'], /--package: of no use/],
    ['--key on an attestation', ['apple.json', '--key', 'x'], /--key: of no use/],
    [
      '--client-data beside its hash',
      ['apple.json', '--client-data', 'AAAA', '--client-data-hash', 'AAAA'],
      /one is the hash of the other/,
    ],
    ['--policy on an assertion', ['assertion.json', '--policy', 'x'], /--policy: of no use/],
    [
      '--environment beside --policy',
      ['apple.json', '--environment', 'production', '--policy', 'x'],
      /the policy says/,
    ],
  ];
  for (const [name, args, said] of wrong) {
    it(`refuses ${name}`, async () => {
      const { code, stdout } = await verify(args);
      assert.deepEqual([code, JSON.parse(stdout).code], [2, 'cli.usage']);
      assert.match(stdout, said);
    });
  }

  it('names the option for a member that is missing', async () => {
    for (const file of ['chain.pem', 'no-challenge.json']) {
      const { code, stdout } = await verify([file]);
      assert.equal(code, 2);
      assert.equal(JSON.parse(stdout).found, 'challenge is missing: --challenge BYTES');
    }
  });

  it('lists what was not compared', async () => {
    const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
      ['unnamed.json', [], ['app', 'revocation', 'key']],
      ['unnamed.json', ['--package', expectedPackage], ['signer', 'revocation', 'key']],
      ['plain.json', [], ['revocation', 'key']],
      ['apple.json', [], []],
    ];
    for (const [file, args, open] of cases) {
      assert.deepEqual(JSON.parse((await trusted(file, args)).stdout).notCompared, open, file);
    }
  });
});

const rootOf = (file: string): string =>
  ['apple.json', 'allowed.json'].includes(file) ? 'apple-root.pem' : 'android-root.pem';
