import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type DeadRule, deadRules, STRICT_DEVELOPMENT_POLICY, STRICT_POLICY } from '@assay/policy';
import { policyOf } from '../support.ts';

type Found = readonly [fault: DeadRule['fault'], certainty: DeadRule['certainty']];

function found(rule: { when?: string; require: string }, lists: Record<string, string[]> = {}): Found[] {
  const policy = policyOf([{ require: 'has(app.id)' }, { id: 'it', ...rule }], { lists });
  return deadRules(policy).map(({ rule: id, fault, certainty }) => {
    assert.equal(id, 'it');
    return [fault, certainty];
  });
}

/** Rules that do nothing, or nothing but refuse. */
const DEAD: readonly [when: string | undefined, require: string, found: Found[]][] = [
  ['platform == "ios" && platform == "android"', 'device.locked', [['never_applies', 'certain']]],
  ['device.sdk > 30 && device.sdk < 30', 'device.locked', [['never_applies', 'certain']]],
  ['device.sdk > 30 && device.sdk < 31', 'device.locked', [['never_applies', 'certain']]],
  ['"root" in raised && size(raised) == 0', 'device.locked', [['never_applies', 'certain']]],
  ['weight < 0', 'device.locked', [['never_applies', 'certain']]],
  [undefined, '"root" in raised || !("root" in raised)', [['never_fails', 'certain']]],
  [undefined, 'true', [['never_fails', 'certain']]],
  [undefined, 'weight >= 0', [['never_fails', 'certain']]],
  [undefined, 'false', [['never_holds', 'certain']]],
  [undefined, 'device.bootState == "verified" && device.bootState == "failed"', [['never_holds', 'certain']]],
  [undefined, 'device.bootState == "verified" && !has(device.bootState)', [['never_holds', 'certain']]],
  ['platform == "ios"', 'platform == "android"', [['never_holds', 'certain']]],
  [undefined, 'app.id in ["a", "b"] && app.id in lists.others', [['never_holds', 'certain']]],
  [undefined, 'device.osPatch > "2026-06" && device.osPatch < "2026-01"', [['never_holds', 'certain']]],
  [undefined, 'versionAtLeast(app.version, "5") && !versionAtLeast(app.version, "4")', [['never_holds', 'certain']]],
  [undefined, 'glob(app.id, "a*") && app.id == "b"', [['never_holds', 'unknown']]],
  [undefined, 'device.sdk + 1 == device.sdk', [['never_holds', 'unknown']]],
  [undefined, 'app.id == app.version && app.id != app.version', [['never_holds', 'unknown']]],
];

/** Rules that do something, each in its own way. */
const LIVE: readonly [when: string | undefined, require: string][] = [
  [undefined, 'has(app.category)'],
  // A claim leaves it open.
  [undefined, 'has(app.category) || !has(app.category)'],
  [undefined, 'key.protection in ["hardware", "app_asserted", "software"]'],
  ['platform == "android"', 'device.bootState == "verified" || device.bootKey in lists.others'],
  [undefined, 'key.attestedLevel == key.attesterLevel'],
  [undefined, 'app.id == device.model'],
  [undefined, 'device.sdk >= 30 && device.sdk <= 30'],
  [undefined, 'daysSince(device.osPatch, now) < 90 && daysSince(device.osPatch, now) > 88'],
  [undefined, 'versionAtLeast(app.version, "4.2") && !versionAtLeast(app.version, "4.3")'],
  [undefined, '2 in key.purposes && !(7 in key.purposes) && size(key.purposes) == 3'],
  [undefined, '"root" in raised && !("vpn" in raised) && weight < 60'],
  [undefined, 'size(history.advisories) == 0'],
  [undefined, 'app.id.startsWith("com.example.")'],
  [undefined, 'glob(device.model, "SM-*")'],
  [undefined, 'evidence.exists(e, e == "x-mine")'],
  [undefined, '!("play_unavailable" in degraded)'],
  [undefined, 'device.osPatch >= "2026-01" && device.osPatch < "2026-06"'],
];

describe('dead rules', () => {
  for (const [when, require, expected] of DEAD) {
    it(`are found: ${when === undefined ? '' : `${when}: `}${require}`, () => {
      assert.deepEqual(found(when === undefined ? { require } : { when, require }, { others: ['c', 'd'] }), expected);
    });
  }

  for (const [when, require] of LIVE) {
    it(`are not found in ${require}`, () => {
      assert.deepEqual(found(when === undefined ? { require } : { when, require }, { others: ['c', 'd'] }), []);
    });
  }

  it('are found among the rows, annotations and bans', () => {
    const never = 'platform == "ios" && platform == "web"';
    const policy = policyOf([{ require: 'has(app.id)' }], {
      assurance: [
        { level: 'low', when: 'has(app.id)' },
        { level: 'high', when: never },
      ],
      annotations: [{ name: 'x', value: '"y"', when: never }],
      bans: [{ id: 'z', when: never, target: 'model', for: '1d', reason: 'test' }],
    });
    assert.deepEqual(
      deadRules(policy).map(({ rule }) => rule),
      ['assurance[1]', 'annotations.x', 'bans.z'],
    );
  });

  it('are found by what a rule may see', () => {
    const either = { id: 'it', require: 'has(app.category) || !has(app.category)' } as const;
    const policy = (rule: object) => policyOf([{ require: 'has(app.id)' }, { ...either, ...rule }]);
    assert.deepEqual(
      deadRules(policy({ known: 'claimed' })).map(({ fault }) => fault),
      ['never_fails'],
    );
    // Its condition sees proof alone: a claim of another platform leaves it open, and fails the rule.
    const same = { when: 'platform == "ios"', require: 'platform == "ios"', known: 'claimed' };
    assert.deepEqual(deadRules(policy(same)), []);
    assert.deepEqual(
      deadRules(policy({ ...same, known: 'proven' })).map(({ fault }) => fault),
      [],
    );
  });

  it('are none in the strict policies', () => {
    for (const policy of [STRICT_POLICY, STRICT_DEVELOPMENT_POLICY]) assert.deepEqual(deadRules(policy), []);
  });

  it('are searched for within bounds, and the answer says so', () => {
    const many = [
      'app.id',
      'app.build',
      'app.version',
      'device.model',
      'device.brand',
      'device.osBuild',
      'device.osVersion',
    ];
    const each = many.map((path, at) => `${path} == "${at}"`);
    const contradiction = [...each, 'device.locked', '!device.locked'].join(' && ');
    assert.deepEqual(found({ require: contradiction }), [['never_holds', 'unknown']]);
  });
});
