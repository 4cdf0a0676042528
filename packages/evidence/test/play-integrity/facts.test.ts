import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Facts, knownValue } from '@assay/core';
import { PACKAGE, SIGNER, VERDICT } from '../support/mint-play.ts';
import { saying, verifying } from '../support/run-play.ts';

function factsOf(run: ReturnType<typeof verifying>): Facts {
  const appraisal = run();
  assert.ok(appraisal.outcome === 'verified', JSON.stringify(appraisal.checks));
  return appraisal.facts;
}

const byPlay = <T>(value: T) => ({ known: 'proven', value, by: 'play-integrity' });

describe('facts of Play Integrity', () => {
  it('are what the verdict says', () => {
    const { evidence, platform, app, device, runtime, threats, key } = factsOf(verifying());
    assert.deepEqual(evidence, ['play-integrity']);
    assert.deepEqual(platform, byPlay('android'));
    assert.deepEqual(app.id, byPlay(PACKAGE));
    assert.deepEqual(app.signers, byPlay([SIGNER]));
    assert.deepEqual(app.build, byPlay('42'));
    assert.deepEqual([app.recognition, app.licensing], [byPlay('recognized'), byPlay('licensed')]);
    assert.deepEqual([device.sdk, device.labels], [byPlay(36), byPlay(['basic', 'device', 'strong'])]);
    assert.deepEqual(runtime.playProtect, byPlay('no_issues'));
    assert.deepEqual(runtime.accessRisk, byPlay(['known_installed', 'unknown_capturing']));
    assert.deepEqual([runtime.activityLevel, runtime.deviceBits], [byPlay(1), byPlay(['bit0'])]);
    assert.deepEqual(threats, {}); // what follows from labels and risks is told elsewhere
    assert.equal(key.protection.known, 'absent');
  });

  it('are absent where Play is silent', () => {
    const { requestDetails } = VERDICT;
    const { app, device, runtime, threats } = factsOf(
      verifying({ verdict: { requestDetails: requestDetails ?? null } }),
    );
    assert.deepEqual(app.id, { known: 'claimed', value: PACKAGE, by: 'play-integrity' });
    for (const fact of [app.signers, app.build, app.recognition, app.licensing, ...Object.values(device)]) {
      assert.equal(fact.known, 'absent');
    }
    for (const fact of Object.values(runtime)) assert.equal(fact.known, 'absent');
    assert.deepEqual(threats, {});
  });

  it('say that a device meets nothing where the field is empty', () => {
    const { device } = factsOf(verifying({ verdict: { ...VERDICT, deviceIntegrity: {} } }));
    assert.deepEqual(device.labels, byPlay([]));
  });

  it('take no word that is not known', () => {
    const facts = factsOf(
      verifying({
        verdict: {
          ...VERDICT,
          deviceIntegrity: {
            deviceRecognitionVerdict: ['MEETS_EVERYTHING', 'meets_device_integrity'],
            recentDeviceActivity: { deviceActivityLevel: 'LEVEL_9' },
          },
          accountDetails: { appLicensingVerdict: 'GIFTED' },
          environmentDetails: { playProtectVerdict: 'FINE', appAccessRiskVerdict: { appsDetected: ['<b>', 'x y'] } },
        },
      }),
    );
    assert.deepEqual(facts.device.labels, byPlay([]));
    assert.deepEqual(facts.runtime.accessRisk, byPlay([]));
    for (const fact of [facts.app.licensing, facts.runtime.playProtect, facts.runtime.activityLevel]) {
      assert.equal(fact.known, 'absent');
    }
  });

  it('hold the label of an emulator with Play', () => {
    const { device } = factsOf(saying('deviceIntegrity', { deviceRecognitionVerdict: ['MEETS_VIRTUAL_INTEGRITY'] }));
    assert.deepEqual(knownValue(device.labels), ['virtual']);
  });
});
