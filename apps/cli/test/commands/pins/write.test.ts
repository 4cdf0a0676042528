import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readDocuments, TARGETS } from '@assay/pin-configs';
import { assay, createFolder, inProcess } from '../../support/assay.ts';

const LEAF = 'AbMZmSyzhcnRn1I4Aah7dLr7xLqYQ1q3mtfrMeNnQ30=';
const BACKUP = 'm6H2Gq5MXuPNzgpRb44Q8bTKOSlRcKZ0hvj6SLGoWXo=';
const CERTIFICATE = 'q1tx2GGVwXNuz2C1mUoV5Z7k8gYMdXU8vkCBL0Zk3aM=';

const POLICY = `version: 1
hosts:
  - host: api.example.com
    subdomains: all
    covers: [eu.api.example.com]
    expires: 2027-06-01
    pins:
      - { spki: ${LEAF}, role: leaf, certificates: [${CERTIFICATE}] }
      - { spki: ${BACKUP}, role: backup }
`;

const NSC = `<?xml version="1.0" encoding="utf-8"?>
<!-- Written by \`assay pins write\` from assay.pins.yaml: edit that file and write anew. -->
<network-security-config>
    <domain-config cleartextTrafficPermitted="false">
        <domain includeSubdomains="true">api.example.com</domain>
        <trust-anchors>
            <certificates src="system" />
        </trust-anchors>
        <pin-set expiration="2027-06-01">
            <pin digest="SHA-256">${LEAF}</pin><!-- leaf -->
            <pin digest="SHA-256">${BACKUP}</pin><!-- backup -->
        </pin-set>
    </domain-config>
</network-security-config>
`;

const NOW = ['--now', '2026-11-21T12:00:00Z'];
const write = (...args: readonly string[]) => ['pins', 'write', ...args, ...NOW];
/** In this process: a process of its own for each would cost the suite its pace. */
const inFolder = (cwd: string, args: readonly string[]) => inProcess(args, { cwd });

describe('assay pins write', { concurrency: true }, () => {
  it('prints the file of one target', async () => {
    const folder = createFolder({ 'assay.pins.yaml': POLICY });
    const { code, stdout, stderr } = await assay(folder, write('--target', 'android-nsc'));
    assert.deepEqual([code, stderr, stdout], [0, '', NSC]);
  });

  it('names the policy by its own name, and none that could end a comment', async () => {
    const folder = createFolder({ 'other.yaml': POLICY, 'a--b.yaml': POLICY });
    const { stdout } = await inFolder(folder, write('other.yaml', '--target', 'android-nsc'));
    assert.equal(stdout, NSC.replace('assay.pins.yaml', 'other.yaml'));
    const tame = await inFolder(folder, write('a--b.yaml', '--target', 'android-nsc'));
    assert.equal(tame.stdout, NSC.replace('assay.pins.yaml', 'its policy'));
  });

  it('says what was expected where there is no policy, and which target may have been meant', async () => {
    const none = await inFolder(createFolder(), write('--target', 'android-nsc'));
    assert.deepEqual([none.code, /cli\.file_unreadable/.test(none.stderr)], [3, true], none.stderr);
    assert.match(none.stderr, /no assay\.pins\.yaml .*expected: .*docs\/pins-write\.md.*assay pins advise/s);
    const part = await inFolder(createFolder(), write('--target', 'android'));
    assert.deepEqual([part.code, /did you mean --target android-nsc or /.test(part.stderr)], [2, true], part.stderr);
    const slip = await inFolder(createFolder(), write('--target', 'android-ncs'));
    assert.match(slip.stderr, /did you mean --target android-nsc\?/);
    const strange = await inFolder(createFolder(), write('--target', 'toaster'));
    assert.doesNotMatch(strange.stderr, /did you mean/);
  });

  it('names a file that is no text, with a next step', async () => {
    const folder = createFolder({ 'assay.pins.yaml': Uint8Array.of(0xff, 0xfe, 0x00) });
    const { code, stderr } = await inFolder(folder, write('--target', 'node'));
    assert.equal(code, 2);
    assert.match(stderr, /^assay: assay\.pins\.yaml: .*\n(?:.*\n)* {2}next: {5}give a policy/);
  });

  it('says what a target says otherwise', async () => {
    const folder = createFolder({ 'assay.pins.yaml': POLICY });
    const { code, stdout, stderr } = await inFolder(folder, write('--target', 'ats'));
    assert.equal(code, 0);
    assert.match(stdout, /<key>eu\.api\.example\.com<\/key>/);
    assert.equal(
      stderr,
      [
        'warning  ats  api.example.com: subdomains of any depth cannot be said here: only api.example.com and the names under covers are pinned',
        'warning  ats  api.example.com: pins have no end here: they hold after 2027-06-01 too, until the app is updated',
        '',
      ].join('\n'),
    );
  });

  it('writes, finds its files unchanged, and finds what was changed, lost or left over', async () => {
    const folder = createFolder({ 'assay.pins.yaml': POLICY });
    const named = ['--target', 'android-nsc', '--target', 'curl', '--out', 'pins'];
    const curl = 'pins/curl/api.example.com.conf';
    const covered = 'pins/curl/eu.api.example.com.conf';
    const nsc = 'pins/android-nsc/app/src/main/res/xml/network_security_config.xml';
    const first = await inFolder(folder, write(...named));
    assert.deepEqual([first.code, first.stdout], [0, `written    ${nsc}\nwritten    ${curl}\nwritten    ${covered}\n`]);
    assert.equal(readFileSync(join(folder, nsc), 'utf8'), NSC);
    const second = await inFolder(folder, write(...named, '--check'));
    assert.deepEqual(
      [second.code, second.stdout],
      [0, `same       ${nsc}\nsame       ${curl}\nsame       ${covered}\n`],
    );
    writeFileSync(join(folder, nsc), NSC.replace(LEAF, BACKUP));
    rmSync(join(folder, covered));
    writeFileSync(join(folder, 'pins/curl/old.example.com.conf'), '');
    const third = await inFolder(folder, write(...named, '--check'));
    const drift = `differs    ${nsc}\nsame       ${curl}\nmissing    ${covered}\nleft over  pins/curl/old.example.com.conf\n`;
    assert.deepEqual([third.code, third.stdout], [1, drift]);
    assert.ok(!existsSync(join(folder, covered)));
  });

  it('writes every target that can, and tells of those that cannot', async () => {
    const folder = createFolder({ 'assay.pins.yaml': POLICY });
    const { code, stderr, stdout } = await inFolder(folder, write('--all', '--out', 'pins', '--debug', '--json'));
    assert.equal(code, 0);
    assert.match(stderr, /^refused {2}cordova-advanced-http: it compares whole certificates/m);
    const { schema, targets } = JSON.parse(stdout);
    assert.equal(schema, 'assay.pins.write/1');
    assert.deepEqual(
      targets.map(({ id }: { readonly id: string }) => id),
      TARGETS.map(({ id }) => id),
    );
    for (const { id, files, refusals } of targets) {
      assert.notEqual(files.length === 0, refusals.length === 0, id);
      for (const { path, text, state } of files) {
        assert.equal(readFileSync(path, 'utf8'), text);
        assert.notEqual(state, 'same');
        assert.ok(!readDocuments(path, Buffer.from(text)).some(({ kind }) => kind === 'unreadable'), path);
      }
    }
  });

  it('writes nothing of several targets when one that is named cannot', async () => {
    const folder = createFolder({ 'assay.pins.yaml': POLICY });
    const named = ['--target', 'node', '--target', 'react-native-ssl-pinning', '--out', 'pins'];
    const refused = await inFolder(folder, write(...named));
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /^refused {2}react-native-ssl-pinning: .* --accept-certificate-pins/m);
    assert.ok(!existsSync(join(folder, 'pins')));
    const accepted = await inFolder(folder, write(...named, '--accept-certificate-pins'));
    assert.equal(accepted.code, 0);
    const text = readFileSync(join(folder, 'pins/react-native-ssl-pinning/assayPinnedFetch.ts'), 'utf8');
    assert.match(text, /RENEWAL = APP BREAK/);
  });

  it('lists what each target can express', async () => {
    const { code, stdout } = await inProcess(['pins', 'write', '--list']);
    assert.equal(code, 0);
    for (const { id, title } of TARGETS) assert.ok(stdout.includes(`${id}  ${title}\n`));
    const { stdout: json } = await inProcess(['pins', 'write', '--list', '--json']);
    assert.equal(JSON.parse(json).schema, 'assay.pins.targets/1');
  });

  const refused: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    ['no target', [], 2, /cli\.usage/],
    ['all and one', ['--all', '--target', 'node', '--out', 'x'], 2, /cli\.usage/],
    ['an unknown target', ['--target', 'ios'], 2, /there is no such target/],
    ['all without a folder', ['--all'], 2, /--out DIR/],
    ['a check without a folder', ['--target', 'node', '--check'], 2, /--out DIR/],
    ['two files', ['a', 'b', '--target', 'node'], 2, /one FILE/],
    ['no file', ['/nowhere/assay.pins.yaml', '--target', 'node'], 3, /cli\.file_unreadable/],
  ];
  for (const [name, args, exit, said] of refused) {
    it(`refuses ${name}`, async () => {
      const { code, stdout, stderr } = await inProcess(write(...args));
      assert.deepEqual([code, stdout], [exit, '']);
      assert.match(stderr, said);
    });
  }

  it('says of no file that it is written before it is', async () => {
    const folder = createFolder({ 'assay.pins.yaml': POLICY, occupied: '' });
    const { code, stdout, stderr } = await inFolder(folder, write('--target', 'node', '--out', 'occupied'));
    assert.deepEqual([code, stdout], [3, '']);
    assert.match(stderr, /cli\.file_unwritable/);
  });

  it('ends where no folder can be made', { skip: !existsSync('/proc/self') }, async () => {
    const folder = createFolder({ 'assay.pins.yaml': POLICY });
    const { code, stdout, stderr } = await inFolder(folder, write('--target', 'node', '--out', '/proc/assay'));
    assert.deepEqual([code, stdout], [3, '']);
    assert.match(stderr, /cli\.file_unwritable/);
  });

  it('refuses a policy that would lock an app out, with place and mending', async () => {
    const folder = createFolder({ 'assay.pins.yaml': POLICY.replace('role: backup', 'role: leaf') });
    const { code, stdout, stderr } = await inFolder(folder, write('--target', 'node'));
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /assay\.pins\.yaml:7:5: expected a pin with role: backup; found none/);
    const past = await inFolder(createFolder({ 'assay.pins.yaml': POLICY }), [
      ...['pins', 'write', '--target', 'node', '--now', '2028-01-01T00:00:00Z'],
    ]);
    assert.equal(past.code, 2);
  });
});
