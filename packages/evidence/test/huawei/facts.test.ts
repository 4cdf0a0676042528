import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Facts } from '@assay/core';
import { PACKAGE, SIGNER } from '../support/mint-huawei.ts';
import { checking, harmony, stating } from '../support/run-huawei.ts';

function factsOf(run: ReturnType<typeof checking>): Facts {
  const appraisal = run();
  assert.ok(appraisal.outcome === 'verified', JSON.stringify(appraisal.checks));
  return appraisal.facts;
}

const HMS = 'huawei-sysintegrity';
const HARMONY = 'harmony-sysintegrity';
const by = <T>(format: string, value: T, known = 'proven') => ({ known, value, by: format });

describe('facts of system integrity', () => {
  for (const [flavour, format, platform] of [
    ['hms', HMS, 'android'],
    ['harmony', HARMONY, 'harmonyos'],
  ] as const) {
    it(`are what the result says: ${flavour}`, () => {
      const { evidence, platform: found, app, device, chain, threats, key } = factsOf(checking({ flavour }));
      assert.deepEqual([evidence, found], [[format], by(format, platform)]);
      assert.deepEqual([app.id, app.signers], [by(format, PACKAGE), by(format, [SIGNER])]);
      assert.deepEqual(device.labels, by(format, ['basic']));
      assert.deepEqual(chain.anchor, by(format, `test-${flavour}`));
      assert.deepEqual(threats, {});
      assert.deepEqual([device.locked.known, key.protection.known], ['absent', 'absent']);
    });
  }

  it('name what was found, and take the app of a broken device for claimed', () => {
    const { app, device, threats } = factsOf(
      stating({ basicIntegrity: false, detail: ['Root', 'unlocked', 'attack', 'emulator', 'news'] }),
    );
    assert.deepEqual(threats, { root: by(HMS, true), hooks: by(HMS, true), emulator: by(HMS, true) });
    assert.deepEqual([device.labels, device.locked], [by(HMS, []), by(HMS, false)]);
    assert.deepEqual(app.id, by(HMS, PACKAGE, 'claimed'));
    assert.deepEqual(app.signers, by(HMS, [SIGNER], 'claimed'));
  });

  it('call a jailbreak what signals call it', () => {
    const { threats } = factsOf(harmony({ result: { basicIntegrity: false, detail: ['jailbreak'] } }));
    assert.deepEqual(threats, { root: by(HARMONY, true) });
  });

  it('name every finding of one text that holds several', () => {
    const { device, threats } = factsOf(stating({ basicIntegrity: false, detail: 'root, unlocked,Emulator' }));
    assert.deepEqual(threats, { root: by(HMS, true), emulator: by(HMS, true) });
    assert.deepEqual(device.locked, by(HMS, false));
  });

  it('are absent where the result is silent', () => {
    const { device, app } = factsOf(stating({ basicIntegrity: undefined }));
    assert.equal(device.labels.known, 'absent');
    assert.equal(app.id.known, 'claimed');
  });
});
