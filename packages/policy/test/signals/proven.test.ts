import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimed, type Facts, noFacts, proven, THREAT_NAMES, type ThreatName } from '@assay/core';
import { PROOFS, provenThreats } from '../../src/signals/index.ts';

const NONE = noFacts();
const SIGNER = 'ab'.repeat(32);
const KEY = 'android-key';
const PLAY = 'play-integrity';

interface Change {
  readonly evidence?: readonly string[];
  readonly platform?: Facts['platform'];
  readonly app?: Partial<Facts['app']>;
  readonly key?: Partial<Facts['key']>;
  readonly device?: Partial<Facts['device']>;
  readonly chain?: Partial<Facts['chain']>;
  readonly runtime?: Partial<Facts['runtime']>;
}

const factsWith = ({ evidence = [], platform = NONE.platform, app, key, device, chain, runtime }: Change): Facts => ({
  ...NONE,
  evidence,
  platform,
  app: { ...NONE.app, ...app },
  key: { ...NONE.key, ...key },
  device: { ...NONE.device, ...device },
  chain: { ...NONE.chain, ...chain },
  runtime: { ...NONE.runtime, ...runtime },
});

/** What facts say of one threat, in a word. */
function sayOf(threat: ThreatName, change: Change, signers: readonly string[] = [SIGNER]): string {
  const fact = provenThreats(factsWith(change), { signers })[threat];
  return fact === undefined || fact.known === 'absent' ? 'nothing' : `${fact.known} ${fact.value}`;
}

type Case = readonly [threat: ThreatName, says: string, change: Change];

const CASES: readonly Case[] = [
  ['root', 'proven true', { device: { locked: proven(false, KEY) } }],
  ['root', 'proven true', { device: { locked: proven(false, 'huawei-sysintegrity') } }],
  ['root', 'proven true', { device: { locked: proven(false, 'harmony-sysintegrity') } }],
  ['root', 'nothing', { device: { locked: proven(true, KEY) } }],
  ['root', 'nothing', { device: { locked: claimed(false, KEY), bootState: claimed('failed', KEY) } }],
  ['root', 'proven true', { device: { locked: proven(true, KEY), bootState: proven('failed', KEY) } }],
  ['root', 'proven true', { device: { bootState: proven('unverified', KEY) } }],
  ['root', 'proven false', { device: { locked: proven(true, KEY), bootState: proven('verified', KEY) } }],
  ['root', 'nothing', { device: { locked: proven(true, KEY), bootState: proven('self_signed', KEY) } }],
  ['root', 'nothing', { device: { bootState: proven('verified', KEY) } }],
  ['root', 'proven true', { device: { locked: proven(false, KEY), bootState: proven('verified', KEY) } }],
  ['root', 'proven false', { device: { labels: proven(['basic', 'device', 'strong'], PLAY) } }],
  ['root', 'nothing', { device: { labels: proven(['basic', 'device'], PLAY) } }],
  ['root', 'nothing', { device: { labels: proven([], PLAY) } }],
  ['root', 'proven true', { device: { locked: proven(false, KEY), labels: proven(['strong'], PLAY) } }],
  ['emulator', 'proven true', { device: { labels: proven(['virtual'], PLAY) } }],
  ['emulator', 'nothing', { device: { labels: claimed(['virtual'], PLAY) } }],
  ['emulator', 'claimed true', { evidence: [KEY], chain: { provisioning: claimed('software', KEY) } }],
  ['emulator', 'nothing', { chain: { provisioning: claimed('software', KEY) } }],
  ['emulator', 'proven false', { platform: proven('android', KEY), key: { attestedLevel: proven('tee', KEY) } }],
  ['emulator', 'nothing', { platform: proven('android', KEY), key: { attestedLevel: claimed('tee', KEY) } }],
  ['emulator', 'nothing', { platform: proven('android', KEY), key: { attestedLevel: proven('software', KEY) } }],
  ['emulator', 'proven false', { platform: proven('ios', 'x'), key: { attestedLevel: proven('secure_enclave', 'x') } }],
  ['no_secure_hardware', 'proven true', { evidence: [KEY], key: { attesterLevel: claimed('software', KEY) } }],
  [
    'no_secure_hardware',
    'proven false',
    { platform: proven('ios', 'x'), key: { attestedLevel: proven('secure_enclave', 'x') } },
  ],
  [
    'no_secure_hardware',
    'proven false',
    { platform: proven('android', KEY), key: { attestedLevel: proven('strongbox', KEY) } },
  ],
  ['no_secure_hardware', 'nothing', {}],
  [
    'screen_recording',
    'proven true',
    { runtime: { accessRisk: proven(['known_capturing', 'known_installed'], PLAY) } },
  ],
  ['remote_control', 'proven false', { runtime: { accessRisk: proven(['unknown_capturing'], PLAY) } }],
  ['repackaged', 'proven false', { app: { signers: proven([SIGNER], KEY) } }],
  ['repackaged', 'proven true', { app: { signers: proven(['cd'.repeat(32)], KEY) } }],
  ...[PLAY, 'huawei-sysintegrity', 'harmony-sysintegrity'].flatMap((by): Case[] => [
    ['repackaged', 'proven true', { app: { signers: proven(['cd'.repeat(32)], by) } }],
    ['repackaged', 'proven false', { app: { signers: proven([SIGNER], by) } }],
  ]),
  ['repackaged', 'nothing', { app: { signers: claimed(['cd'.repeat(32)], KEY) } }],
  ['repackaged', 'nothing', { app: { signers: proven([], KEY) } }],
  ['repackaged', 'proven false', { app: { recognition: proven('recognized', PLAY) } }],
  ['repackaged', 'nothing', { app: { recognition: proven('unrecognized_version', PLAY) } }],
  ['repackaged', 'nothing', { app: { recognition: claimed('recognized', PLAY) } }],
  [
    'repackaged',
    'proven true',
    { app: { recognition: proven('unrecognized_version', PLAY), signers: proven(['cd'], KEY) } },
  ],
  ['repackaged', 'proven true', { app: { recognition: proven('recognized', PLAY), signers: proven(['cd'], KEY) } }],
  ['unofficial_store', 'proven true', { app: { licensing: proven('unlicensed', PLAY) } }],
  ['unofficial_store', 'nothing', { app: { licensing: proven('licensed', PLAY) } }],
  [
    'unofficial_store',
    'proven false',
    { app: { licensing: proven('licensed', PLAY), recognition: proven('recognized', PLAY) } },
  ],
  ['unofficial_store', 'proven false', { app: { category: proven('testflight', 'x') } }],
  ['unofficial_store', 'proven true', { app: { category: proven('enterprise', 'x') } }],
  ['unofficial_store', 'nothing', { app: { category: proven('unknown', 'x') } }],
  ['screen_recording', 'proven true', { runtime: { accessRisk: proven(['unknown_capturing'], PLAY) } }],
  ['screen_recording', 'proven false', { runtime: { accessRisk: proven(['known_installed'], PLAY) } }],
  ['screen_recording', 'nothing', { runtime: { accessRisk: claimed(['unknown_capturing'], PLAY) } }],
  ['remote_control', 'proven true', { runtime: { accessRisk: proven(['known_controlling'], PLAY) } }],
  ['overlay', 'proven true', { runtime: { accessRisk: proven(['known_overlays'], PLAY) } }],
  ['overlay', 'proven false', { runtime: { accessRisk: proven([], PLAY) } }],
  ['malware', 'proven true', { runtime: { playProtect: proven('high_risk', PLAY) } }],
  ['malware', 'proven true', { runtime: { playProtect: proven('medium_risk', PLAY) } }],
  ['malware', 'nothing', { runtime: { playProtect: proven('possible_risk', PLAY) } }],
  ['malware', 'proven false', { runtime: { playProtect: proven('no_issues', PLAY) } }],
];

describe('provenThreats', () => {
  for (const [threat, says, change] of CASES) {
    it(`${threat}: ${says}, of ${JSON.stringify(change)}`, () => assert.equal(sayOf(threat, change), says));
  }

  it('says nothing of repackaging while no signer is registered', () => {
    assert.equal(sayOf('repackaged', { app: { signers: proven(['cd'.repeat(32)], KEY) } }, []), 'nothing');
  });

  it('names who proves it', () => {
    for (const by of [KEY, 'huawei-sysintegrity', 'harmony-sysintegrity']) {
      assert.deepEqual(provenThreats(factsWith({ device: { locked: proven(false, by) } })), { root: proven(true, by) });
    }
  });

  it('says nothing of facts that are all absent', () => {
    assert.deepEqual(provenThreats(NONE), {});
  });

  it('keeps what a verifier proved, and no hint', () => {
    const threats = { root: proven(true, 'huawei-sysintegrity'), hooks: claimed(true, 'freerasp') };
    assert.deepEqual(provenThreats({ ...NONE, threats }), { root: threats.root });
  });

  it('exercises every row of the table', () => {
    for (const [index, row] of PROOFS.entries()) {
      const hits = CASES.filter(
        ([threat, , change]) => threat === row.threat && row.holds(factsWith(change), { signers: [SIGNER] }),
      );
      assert.ok(hits.length > 0, `row ${index}: ${row.threat} when ${row.when}`);
      assert.ok(THREAT_NAMES.includes(row.threat));
    }
  });
});
