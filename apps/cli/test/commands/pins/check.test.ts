import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { z } from 'zod';
import { createFolder, inProcess } from '../../support/assay.ts';
import { mint } from '../../support/certificates.ts';
import { serving } from '../../support/listeners.ts';

const HOST = 'api.example.com';
const root = mint({ subject: 'Test Root' });
const leaf = mint({ subject: HOST, issuer: root, names: [HOST] });
const [backup, other] = [mint({ subject: 'backup' }), mint({ subject: 'other' })];

const nsc = (pins: readonly string[], expiration = '') => `<network-security-config>
  <domain-config>
    <domain includeSubdomains="true">${HOST}</domain>
    <pin-set${expiration === '' ? '' : ` expiration="${expiration}"`}>
${pins.map((pin) => `      <pin digest="SHA-256">${pin}</pin>`).join('\n')}
    </pin-set>
  </domain-config>
</network-security-config>
`;

const policy = (pins: readonly string[]) =>
  ['version: 1', 'hosts:', `  - host: ${HOST}`, '    pins:']
    .concat(pins.map((pin, index) => `      - { spki: "${pin}", role: ${index === 0 ? 'leaf' : 'backup'} }`))
    .join('\n');

const okhttp = `val pinner = CertificatePinner.Builder().add("*.example.com", "sha256/${other.pin}", "sha256/${backup.pin}").build()\n`;

const Checked = z.looseObject({
  schema: z.literal('assay.pins.check/1'),
  findings: z.array(
    z.looseObject({
      effect: z.string(),
      reason: z.string(),
      mechanism: z.string().nullable(),
      when: z.string().nullable(),
      paste: z.string().nullable(),
      next: z.string().min(1),
    }),
  ),
  unread: z.array(z.looseObject({ file: z.string() })),
  unreached: z.array(z.looseObject({ host: z.string() })),
});

const AT = '2026-11-21T00:00:00Z';

describe('assay pins check', { concurrency: true }, () => {
  const folder = createFolder({
    'root.pem': root.pem,
    'good/network.xml': nsc([leaf.pin, root.pin, backup.pin], '2027-12-01'),
    'good/assay.pins.yaml': policy([leaf.pin, backup.pin]),
    'stale/network.xml': nsc([other.pin, backup.pin]),
    'stale/assay.pins.yaml': policy([other.pin, backup.pin]),
    'crash/network.xml': nsc(['AAAA']),
    'ending/network.xml': nsc([root.pin, backup.pin], '2026-12-01'),
    'one/network.xml': nsc([leaf.pin]),
    'used/network.xml': nsc([leaf.pin, root.pin]),
    'wild/Pins.kt': okhttp,
    'qa/network.xml': nsc([other.pin, backup.pin]),
    'none/layout.xml': '<layout/>',
    'torn/assay.pins.yaml': policy([leaf.pin, backup.pin]),
    'torn/network.xml': nsc([leaf.pin]).slice(0, -40),
  });
  let address = '';
  before(async () => {
    address = await serving([leaf, root]);
  });

  async function check(name: string, ...more: readonly string[]) {
    const where = ['--connect', `${HOST}=${address}`, '--roots', join(folder, 'root.pem')];
    return await inProcess(['pins', 'check', join(folder, name), '--at', AT, ...where, ...more]);
  }

  async function checked(name: string, ...more: readonly string[]) {
    const { code, stdout } = await check(name, '--json', ...more);
    return { code, ...Checked.parse(JSON.parse(stdout)) };
  }

  const told = async (name: string, ...more: readonly string[]) => {
    const { code, findings } = await checked(name, ...more);
    return [code, ...findings.map(({ effect, reason, mechanism }) => `${effect} ${reason} ${mechanism}`)];
  };

  it('is content with pins that are served, a backup, and time enough', async () => {
    assert.deepEqual(await told('good/network.xml'), [0]);
    assert.deepEqual(await told('good'), [0, 'fragile leaf_only assay']);
  });

  it('says who refuses now, and what to paste', async () => {
    const { code, findings } = await checked('stale');
    assert.equal(code, 1);
    assert.deepEqual(
      findings.map(({ mechanism, reason }) => [mechanism, reason]),
      [
        ['nsc', 'refused'],
        ['assay', 'refused'],
      ],
    );
    const nscPaste = findings.find(({ mechanism }) => mechanism === 'nsc')?.paste;
    assert.equal(nscPaste, [leaf, root].map(({ pin }) => `<pin digest="SHA-256">${pin}</pin>`).join('\n'));
    const { stdout, stderr } = await check('stale/network.xml');
    assert.match(stdout, /^breaks {2}api\.example\.com {2}nsc {2}now\n {2}apps refuse to connect: no pin matched\n/);
    assert.match(stdout, /network\.xml:\d+ {2}127\.0\.0\.1\n/);
    assert.match(stderr, /1 host looked at: 1 break, 0 unprotected, 0 fragile/);
  });

  it('takes no folder above what was named for a build', async () => {
    const where = ['--connect', `${HOST}=${address}`, '--roots', join(folder, 'root.pem'), '--at', AT];
    const operand = join(folder, 'qa/network.xml');
    const { code } = await inProcess(['pins', 'check', operand, ...where], { cwd: createFolder({}) });
    assert.equal(code, 1);
  });

  it('says that apps crash', async () => {
    assert.deepEqual(await told('crash'), [1, 'breaks crashes nsc']);
  });

  it('looks ahead to the end of the pins', async () => {
    const { code, findings } = await checked('ending');
    assert.deepEqual(
      [code, findings[0]?.effect, findings[0]?.reason, findings[0]?.when],
      [1, 'unprotected', 'pins_end', '2026-12-01'],
    );
    assert.deepEqual(await told('ending', '--within', '5'), [0]);
    assert.deepEqual(await told('ending', '--at', '2027-01-01T00:00:00Z'), [1, 'unprotected pins_end nsc']);
  });

  it('looks ahead to the end of the certificate', async () => {
    const late = ['--at', '2039-12-20T00:00:00Z'];
    const ends = 'breaks certificate_ends null';
    assert.deepEqual(await told('used', ...late), [1, 'fragile no_backup nsc', ends]);
    assert.deepEqual((await told('used', ...late, '--within', '3')).slice(1), ['fragile no_backup nsc']);
  });

  it('says what is fragile, and does not fail for it', async () => {
    assert.deepEqual(await told('one'), [0, 'fragile one_pin nsc']);
    assert.deepEqual(await told('used'), [0, 'fragile no_backup nsc']);
  });

  it('asks hosts beneath a wildcard when they are named', async () => {
    const unnamed = await check('wild');
    assert.equal(unnamed.code, 2);
    assert.deepEqual(await told('wild', '--host', HOST), [1, 'breaks refused okhttp']);
  });

  it('refuses everybody where the path does not hold', async () => {
    const foreign = createFolder({ 'other.pem': other.pem });
    const { code, findings } = await checked('good/network.xml', '--roots', join(foreign, 'other.pem'));
    assert.deepEqual([code, findings[0]?.reason, findings[0]?.paste], [1, 'refused', null]);
    const { stdout } = await check('good/network.xml', '--roots', join(foreign, 'other.pem'));
    assert.match(stdout, /next: .*other\.pem do not hold CN=Test Root: .* --roots FILE/);
  });

  it('says that an intermediate is not sent', async () => {
    const issuing = mint({ subject: 'Test Issuing', issuer: root });
    const bare = await serving([mint({ subject: HOST, issuer: issuing, names: [HOST] })]);
    const { findings } = await checked('good/network.xml', '--connect', `${HOST}=${bare}`);
    assert.match(findings[0]?.next ?? '', /let it send the intermediate CN=Test Issuing too/);
    const path = join(folder, 'good/network.xml');
    const { stdout } = await inProcess(['pins', 'check', path, '--at', AT, '--connect', `${HOST}=${address}`]);
    assert.match(stdout, /next: Node's roots .* do not hold CN=Test Root: .* --roots FILE/);
  });

  it('is not content while a file cannot be read, and tells which', async () => {
    const { code, unread } = await checked('torn');
    assert.deepEqual([code, unread.map(({ file }) => file.endsWith('network.xml'))], [3, [true]]);
    assert.match((await check('torn')).stderr, /network\.xml:\d+:\d+: not read: /);
  });

  it('tells hosts that were not reached, and goes on', async () => {
    const { code, unreached, findings } = await checked('good/network.xml', '--connect', `${HOST}=127.0.0.1:1`);
    assert.deepEqual([code, unreached.map(({ host }) => host), findings], [3, [HOST], []]);
  });

  it('annotates for GitHub', async () => {
    const { code, stdout } = await check('stale/network.xml', '--format', 'github');
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^::error file=[^,]*network\.xml,line=\d+,title=pins%3A api\.example\.com \(nsc\)::now: apps refuse/,
    );
  });

  it('refuses what it cannot use', async () => {
    assert.equal((await check('none')).code, 2);
    assert.equal((await check('good', '--format', 'xml')).code, 2);
    assert.equal((await check('missing')).code, 3);
    assert.equal((await inProcess(['pins', 'check'])).code, 2);
  });
});
