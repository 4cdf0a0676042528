import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { createFolder, inProcess } from '../../support/assay.ts';
import { mint } from '../../support/certificates.ts';

const root = mint({ subject: 'Test Root' });
const leaf = mint({ subject: 'api.example.com', issuer: root, names: ['api.example.com'] });
const backup = mint({ subject: 'backup' });

const nsc = (pins: readonly string[], expiration = '2027-03-01') => `<network-security-config>
  <domain-config>
    <domain includeSubdomains="true">example.com</domain>
    <pin-set expiration="${expiration}">
${pins.map((pin) => `      <pin digest="SHA-256">${pin}</pin>`).join('\n')}
    </pin-set>
  </domain-config>
</network-security-config>
`;

const plist = (pin: string) => `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict><key>NSAppTransportSecurity</key><dict><key>NSPinnedDomains</key><dict>
  <key>example.com</key><dict><key>NSIncludesSubdomains</key><true/>
  <key>NSPinnedLeafIdentities</key><array><dict><key>SPKI-SHA256-BASE64</key><string>${pin}</string></dict></array></dict>
</dict></dict></dict></plist>
`;

const Explained = z.looseObject({
  answer: z.string(),
  mechanisms: z.array(z.looseObject({ mechanism: z.string(), outcome: z.looseObject({ because: z.string() }) })),
});

describe('assay pins explain', () => {
  const folder = createFolder({
    'chain.pem': `${leaf.pem}${root.pem}`,
    'good.xml': nsc([leaf.pin, backup.pin]),
    'stale.xml': nsc([backup.pin]),
    'stale_debug.xml':
      '<network-security-config><debug-overrides><trust-anchors><certificates src="user"/></trust-anchors></debug-overrides></network-security-config>',
    'assay-pins.json': JSON.stringify({ 'api.example.com': { publicKeyHashes: [leaf.pin, backup.pin] } }),
    'broken.xml': nsc(['not base64 of 32 bytes']),
    'Info.plist': plist(leaf.pin),
    'words.txt': 'no configuration',
  });
  const file = (name: string) => join(folder, name);

  async function ask(configs: readonly string[], ...more: readonly string[]) {
    const args = ['--chain', file('chain.pem'), '--at', '2026-11-21T00:00:00Z', '--json', ...more];
    const named = configs.flatMap((name) => ['--config', file(name)]);
    const { code, stdout } = await inProcess(['pins', 'explain', 'api.example.com', ...named, ...args]);
    const { answer, mechanisms } = Explained.parse(JSON.parse(stdout));
    return [code, answer, ...mechanisms.map(({ mechanism, outcome }) => `${mechanism} ${outcome.because}`)];
  }

  it('lets an app connect whose pin is in the path', async () => {
    assert.deepEqual(await ask(['good.xml']), [0, 'connects', 'nsc pin_matched']);
  });

  it('takes the debug resource beside a configuration in a debuggable build', async () => {
    const user = ['--anchor', 'user', '--build'];
    assert.deepEqual(await ask(['stale.xml'], ...user, 'debug'), [0, 'connects', 'nsc overridden']);
    assert.deepEqual(await ask(['stale.xml'], ...user, 'release'), [1, 'refused', 'nsc untrusted']);
  });

  it('answers for both platforms of React Native', async () => {
    const chain = ['--chain', file('chain.pem'), '--at', '2026-11-21T00:00:00Z'];
    const { code, stdout } = await inProcess([
      ...['pins', 'explain', 'api.example.com', '--config', file('assay-pins.json'), ...chain],
    ]);
    assert.equal(code, 0);
    assert.match(stdout, /react-native on android {2}connects[\s\S]*react-native on ios {2}connects/);
  });

  it('says who refuses, when one of several does', async () => {
    const answers = await ask(['stale.xml', 'Info.plist']);
    assert.deepEqual(answers, [1, 'refused', 'nsc no_pin_matched', 'ats pin_matched']);
  });

  it('says that the app crashes when the platform refuses the configuration', async () => {
    assert.deepEqual(await ask(['broken.xml']), [1, 'crashes', 'nsc configuration_invalid']);
  });

  it('counts days by the device’s own clock and zone', async () => {
    const at = ['--at', '2027-03-01T00:30:00Z'];
    assert.deepEqual(await ask(['stale.xml'], ...at), [0, 'connects', 'nsc expired']);
    assert.deepEqual(await ask(['stale.xml'], ...at, '--zone=-60'), [1, 'refused', 'nsc no_pin_matched']);
  });

  it('asks whether the anchor is trusted at all', async () => {
    assert.deepEqual(await ask(['good.xml'], '--anchor', 'user'), [1, 'refused', 'nsc untrusted']);
  });

  it('shows the way to the answer, with lines', async () => {
    const args = ['--config', file('stale.xml'), '--chain', file('chain.pem'), '--at', '2026-11-21T00:00:00Z'];
    const { stdout } = await inProcess(['pins', 'explain', 'api.example.com', ...args]);
    assert.match(stdout, /falls under the domain example\.com {2}line 3/);
    assert.match(stdout, /^the app refuses to connect: api\.example\.com$/m);
  });

  const REFUSED: readonly (readonly [string, readonly string[], number])[] = [
    ['no host', [], 2],
    ['no configuration', ['api.example.com'], 2],
    ['files that decide nothing', ['api.example.com', '--config', file('words.txt'), '--chain', file('chain.pem')], 2],
    ['a zone beyond the world', ['a.example', '--config', file('good.xml'), '--zone', '9999'], 2],
    ['a build of no kind', ['a.example', '--config', file('good.xml'), '--build', 'beta'], 2],
    ['a file that is not there', ['a.example', '--config', '/nowhere.xml'], 3],
  ];
  for (const [what, args, code] of REFUSED) {
    it(`refuses ${what}`, async () => {
      assert.equal((await inProcess(['pins', 'explain', ...args])).code, code);
    });
  }
});
