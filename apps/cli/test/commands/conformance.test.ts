import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { toBase64 } from '@assay/formats';
import { describeVectors } from '../../../../tools/vectors.ts';
import { assay, createFolder, inProcess } from '../support/assay.ts';
import { mint } from '../support/certificates.ts';
import { ANDROID_ROOT, AT, androidEvidence } from '../support/evidence.ts';

const genuine = await androidEvidence();
const root = mint({ subject: 'Root' });
const leaf = mint({ subject: 'api.example.com', issuer: root, names: ['api.example.com'] });
const { document } = genuine;

const json = (value: unknown) => JSON.stringify(value);
/** The product's own roots do not know the test phones. */
const single = json({ ...document, id: 'own', expected: { verdict: 'reject' } });
const listed = (expected: string) =>
  json({ rootPem: ANDROID_ROOT, cases: [{ ...document, id: 'listed', expected: { verdict: expected } }] });
const derived = json({
  changes: [
    { vector: 'own', override: { trustAnchors: ['test.pem'] }, expected: 'accept' },
    { vector: 'own', override: { trustAnchors: ['test.pem'], challenge: { utf8: 'x' } }, expected: 'reject' },
  ],
});
const path = (members: object) => ({
  ...{
    id: 'rfc5280::path',
    expected_peer_name: { kind: 'DNS', value: 'api.example.com' },
    validation_kind: 'SERVER',
    trusted_certs: [root.pem],
    untrusted_intermediates: [],
  },
  ...{ peer_certificate: leaf.pem, validation_time: AT, expected_result: 'SUCCESS', ...members },
});
const limbo = (...members: readonly object[]) => json({ testcases: members.map(path) });
const pinned = json({ cases: [path({ expected_path: 'SUCCESS', expected_pin: 'match', pins_sha256: [leaf.pin] })] });
/** What stands beside the cases holds for all of them. */
const tokens = json({
  ...{ decryptionKey: toBase64(new Uint8Array(32)), verificationKey: toBase64(leaf.spki) },
  ...{ expectedRequestHash: 'hash', defaults: { expectedPackage: 'com.example.bank' } },
  cases: [{ id: 'no token', token: 'x', expected: 'reject' }],
});

describe('assay conformance', { concurrency: true }, () => {
  it('decides every layout', async () => {
    const folder = createFolder({
      'vectors/evidence/own.json': single,
      'vectors/evidence/roots/test.pem': ANDROID_ROOT,
      'vectors/listed.json': listed('accept'),
      'vectors/derived.json': derived,
      'vectors/limbo.json': limbo({}, { id: 'rfc5280::later', features: ['pedantic-x'], expected_result: 'FAILURE' }),
      'vectors/pinned.json': pinned,
      'vectors/tokens.json': tokens,
      'vectors/readme.json': '{"about":"nothing"}',
      'vectors/broken.json': '{',
    });
    const { code, stdout, stderr } = await assay(folder, ['conformance', 'vectors']);
    assert.deepEqual([code, stderr], [0, ''], stdout);
    assert.deepEqual(
      stdout.split('\n').filter((line) => !line.startsWith(' ')),
      [
        '1 right, 0 wrong, 0 undecided  evidence',
        '2 right, 0 wrong, 0 undecided  derived.json#changes',
        '1 right, 0 wrong, 0 undecided  listed.json',
        '1 right, 0 wrong, 0 undecided  tokens.json',
        '1 right, 0 wrong, 0 undecided  limbo.json',
        '0 right, 1 wrong, 0 undecided  limbo.json (pedantic)  (reported apart)',
        '1 right, 0 wrong, 0 undecided  pinned.json',
        '',
        '7 cases: 7 right, 0 wrong, 0 undecided (0 without a reason)',
        '',
      ],
    );
  });

  const rows: readonly (readonly [string, Readonly<Record<string, string>>, number, RegExp])[] = [
    [
      'a case that turns out otherwise',
      { 'a.json': listed('reject') },
      1,
      /wrong listed: expected reject, found accept/,
    ],
    [
      'a case without its vector',
      { 'a.json': json({ changes: [{ vector: 'gone', override: { keyId: 'x' }, expected: 'reject' }] }) },
      1,
      /undecided gone#keyId="x": .*cli\.case_unreadable/,
    ],
    [
      'a case without members',
      { 'a.json': json({ cases: [{ id: 'bare', kind: 'android-key-attestation', expected: 'accept' }] }) },
      1,
      /undecided bare: .*cli\.member_invalid/,
    ],
    [
      'a case that names a missing file',
      { 'a.json': json({ ...document, chain: undefined, chainFile: 'gone.pem', expected: 'reject' }) },
      1,
      /undecided android: .*cli\.file_unreadable/,
    ],
    [
      'a case that names a file elsewhere',
      { 'a.json': json({ ...document, chain: undefined, chainFile: '/etc/passwd', expected: 'reject' }) },
      1,
      /undecided android: .*cli\.file_refused/,
    ],
    [
      'a path case of wrong types',
      { 'a.json': limbo({ trusted_certs: 1 }, { validation_time: 'soon' }) },
      1,
      /0 right, 0 wrong, 2 undecided/,
    ],
    [
      'roots that are none',
      { 'a.json': json({ rootPem: 'x', cases: [{ ...document, expected: 'accept' }] }) },
      1,
      /0 right, 0 wrong, 1 undecided/,
    ],
    [
      'an expectation that is no known word',
      { 'a.json': listed('constructor'), 'b.json': json({ ...document, expected: 'perhaps' }) },
      1,
      /0 right, 0 wrong, 2 undecided \(2 without a reason\)/,
    ],
    [
      'a list with a case of no known kind, which hides none of the others',
      { 'a.json': json({ rootPem: ANDROID_ROOT, cases: [{ id: 'odd' }, { ...document, expected: 'accept' }] }) },
      1,
      /1 right, 0 wrong, 1 undecided/,
    ],
    [
      'path cases that expect nothing',
      {
        'a.json': limbo({ expected_result: undefined }),
        'b.json': json({ cases: [path({ expected_path: 'SUCCESS' }), path({})] }),
      },
      1,
      /1 right, 0 wrong, 2 undecided/,
    ],
    ['nesting for its own sake', { 'a.json': `{"kind":${'['.repeat(1e5)}${']'.repeat(1e5)}}` }, 2, /cli\.no_vectors/],
    ['nothing at all', { 'a.txt': '' }, 2, /cli\.no_vectors/],
  ];
  for (const [name, files, exit, said] of rows) {
    it(`ends with ${exit} for ${name}`, async () => {
      const { code, stdout, stderr } = await inProcess(['conformance', createFolder(files)]);
      assert.equal(code, exit, stdout + stderr);
      assert.match(stdout + stderr, said);
      assert.doesNotMatch(stderr, /\n {4}at /);
    });
  }

  it('reads bytes in every form, roots above the document, and no meaning out of names', async () => {
    const { chain, challenge } = document;
    const [first = '', ...rest] = chain;
    const bytes = Buffer.from(first, 'base64');
    const forms = [
      bytes.toString('base64url'),
      { hex: bytes.toString('hex') },
      { base64url: bytes.toString('base64url') },
    ];
    const cases = forms.map((form, index) => ({
      ...document,
      id: `form-${index}`,
      chain: [form, ...rest],
      expected: 'accept',
    }));
    const folder = createFolder({
      'x/1/y.json': json({ rootPem: ANDROID_ROOT, cases }),
      'x/2/z.json': single,
      'x/3/3/q.json': json({
        whatever: [
          {
            vector: 'own',
            override: { trustAnchors: ['r.pem'], challenge: { hex: Buffer.from(challenge.utf8).toString('hex') } },
            expected: 'accept',
          },
        ],
      }),
      'x/roots/r.pem': ANDROID_ROOT,
    });
    const { code, stdout } = await inProcess(['conformance', folder]);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /\n5 cases: 5 right, 0 wrong, 0 undecided/);
  });

  it('refuses a folder that is not there, and a clock that is none', async () => {
    const missing = await inProcess(['conformance', '/nowhere/at/all']);
    assert.deepEqual([missing.code, missing.stdout], [2, '']);
    assert.match(missing.stderr, /cli\.folder_unreadable\)\n {2}found: {4}ENOENT/);
    assert.equal((await inProcess(['conformance', '/', '--now', 'soon'])).code, 2);
  });

  it('has a schema', async () => {
    const { code, stdout } = await inProcess(['conformance', createFolder({ 'a.json': listed('reject') }), '--json']);
    assert.equal(code, 1);
    const { schema, sets } = JSON.parse(stdout);
    assert.equal(schema, 'assay.conformance/1');
    assert.deepEqual([sets.length, sets[0].wrong, sets[0].notRight[0].id], [1, 1, 'listed']);
  });

  describeVectors('shared vectors', (dir) => {
    it('agree with every verifier, save for cases that are named with a reason', async () => {
      const { code, stdout, stderr } = await inProcess(['conformance', dir]);
      assert.deepEqual([code, stderr], [0, ''], stdout);
      assert.match(stdout, /\d{3} cases: \d{3} right, 0 wrong, \d+ undecided \(0 without a reason\)\n$/);
    });
  });
});

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/evidence-port.md'), 'utf8');
const EXAMPLE = /^```js\n(.*?)^```/ms.exec(PAGE)?.[1] ?? '';

describe('assay conformance of a format of one’s own', () => {
  const rows: readonly (readonly [string, string, number, RegExp])[] = [
    ['the example of the page', EXAMPLE, 0, /^\d{2,} right, 0 wrong, 0 undecided {2}x-acme-badge$/m],
    [
      'a module that checks no signature',
      EXAMPLE.replace('isSignedEs256(jws, key)', 'true'),
      1,
      /wrong ok: character \d+ changed: expected reject, found accept/,
    ],
    [
      'a module that breaks on null',
      EXAMPLE.replace('header?.alg', 'header.alg'),
      1,
      /undecided ok: malformed token 4: .*a fault: TypeError/,
    ],
    [
      'a module that rejects for another reason',
      EXAMPLE.replace("code: 'x_acme_badge.stale'", "code: 'x_acme_badge.other_app'"),
      1,
      /undecided late: .*x_acme_badge\.stale/,
    ],
    ['a module without a format', 'export default 1;', 5, /port\.module_invalid/],
    ['a format without anchors', EXAMPLE.replace(/anchors: \[.*\]/, 'anchors: []'), 5, /port\.format_invalid/],
    ['a module that does not parse', 'export default {', 3, /cli\.file_unreadable/],
  ];
  for (const [name, source, status, expected] of rows) {
    it(name, async () => {
      const folder = createFolder({ 'badge.mjs': source });
      const { code, stdout, stderr } = await assay(folder, ['conformance', 'badge.mjs']);
      assert.equal(code, status, stdout + stderr);
      assert.match(stdout + stderr, expected);
    });
  }
});
