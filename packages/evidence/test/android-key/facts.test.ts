import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Facts, knownValue } from '@assay/core';
import { der, utf8 } from '@assay/formats';
import { verifyKeyAttestation } from '../../src/android-key/index.ts';
import {
  applicationId,
  BOOT,
  type ChainSpec,
  changed,
  DAY,
  HARDWARE,
  hardwareAnchor,
  ISSUERS,
  mintKeyAttestation,
  mintRkp,
  NOW,
  PACKAGE,
  provisioningInfo,
  rootOfTrust,
  SIGNER,
  SOFTWARE,
  softwareAnchor,
} from '../support/mint-android.ts';

function factsOf(changes: Partial<ChainSpec> = {}, anchor = hardwareAnchor): Facts {
  const { input, context } = mintKeyAttestation(changes);
  const appraisal = verifyKeyAttestation(input, { ...context, trust: { anchors: [anchor] } });
  assert.ok(appraisal.outcome === 'verified');
  return appraisal.facts;
}

/** How every fact of a section that is there is known. */
function howKnown(section: object): Set<unknown> {
  const known = Object.values(section).map((fact: { known: string }) => fact.known);
  return new Set(known.filter((how) => how !== 'absent'));
}

const proven = <T>(value: T) => ({ known: 'proven', value, by: 'android-key' });
const claimed = <T>(value: T) => ({ known: 'claimed', value, by: 'android-key' });

describe('facts of a key attestation', () => {
  it('state what a good device proves', () => {
    const { app, key, device, chain, platform, evidence } = factsOf();
    assert.deepEqual(evidence, ['android-key']);
    assert.deepEqual(platform, proven('android'));
    assert.deepEqual([app.id, app.signers, app.build], [proven(PACKAGE), proven([SIGNER]), proven('42')]);
    assert.deepEqual(key, {
      protection: proven('hardware'),
      attestedLevel: proven('tee'),
      attesterLevel: proven('tee'),
      origin: proven('generated'),
      purposes: proven([2]),
      algorithm: proven('ec-p256'),
    });
    assert.deepEqual(device, {
      bootState: proven('verified'),
      locked: proven(true),
      bootKey: proven('07'.repeat(32)),
      osVersion: proven('16'),
      osBuild: { known: 'absent' },
      osFamily: { known: 'absent' },
      osPatch: proven('2026-10'),
      vendorPatch: proven('2026-10-05'),
      bootPatch: proven('2026-10-01'),
      brand: proven('example'),
      model: proven('Phone 1'),
      sdk: { known: 'absent' },
      labels: { known: 'absent' },
    });
    assert.deepEqual([chain.anchor, chain.provisioning], [proven('test-hardware-root'), proven('factory')]);
  });

  for (const [name, changes] of [
    ['an unlocked bootloader', rootOfTrust({ locked: 0 })],
    ['a self-signed system', rootOfTrust({ state: 1 })],
    ['an unverified system', rootOfTrust({ state: 2 })],
    ['a boot state without a name', rootOfTrust({ state: 9 })],
    ['no root of trust', [704, undefined]],
  ] as const) {
    it(`take the app for a claim with ${name}`, () => {
      const { app, key } = factsOf({ hardware: changed(HARDWARE, changes) });
      assert.deepEqual(howKnown(app), new Set(['claimed']));
      assert.deepEqual(key.protection, proven('hardware'));
    });
  }

  it('take a root of trust in the software list for a claim', () => {
    const hardware = changed(HARDWARE, [704, undefined]);
    const { device, app } = factsOf({ hardware, software: [...SOFTWARE, rootOfTrust()] });
    assert.deepEqual([device.bootState, device.locked], [claimed('verified'), claimed(true)]);
    assert.deepEqual(app.id, claimed(PACKAGE));
  });

  it('take everything for a claim when software attests', () => {
    const { key, device, app } = factsOf({ attestationLevel: 0 });
    assert.deepEqual(key.attesterLevel, proven('software'));
    assert.deepEqual(key.attestedLevel, claimed('tee'));
    assert.deepEqual(key.protection, claimed('software'));
    assert.deepEqual([howKnown(device), howKnown(app)], [new Set(['claimed']), new Set(['claimed'])]);
  });

  for (const [name, facts, underHardware] of [
    ['under a software anchor', () => factsOf({}, softwareAnchor), 'claimed'],
    ['under an anchor of no kind', () => factsOf({}, { ...hardwareAnchor, kind: undefined }), 'claimed'],
    ['in a software chain under a hardware anchor', () => factsOf({ issuers: ISSUERS.software }), 'proven'],
  ] as const) {
    it(`prove nothing about the device ${name}`, () => {
      const { platform, key, device, app, chain } = facts();
      assert.equal(platform.known, 'claimed');
      for (const section of [key, device, app]) assert.deepEqual(howKnown(section), new Set(['claimed']));
      assert.deepEqual([chain.anchor.known, chain.provisioning.known], [underHardware, underHardware]);
    });
  }

  for (const [level, attestation, keyMint, protection] of [
    ['strongbox', 2, 2, proven('hardware')],
    ['tee', 2, 1, proven('hardware')],
    ['software', 1, 0, claimed('software')],
    [undefined, 1, 100, claimed('software')],
  ] as const) {
    it(`read the levels ${attestation} and ${keyMint}`, () => {
      const { key } = factsOf({ attestationLevel: attestation, keyMintLevel: keyMint });
      assert.equal(knownValue(key.attestedLevel), level);
      assert.deepEqual(key.protection, protection);
    });
  }

  for (const [number, origin] of [
    'generated',
    'derived',
    'imported',
    'unknown',
    'securely_imported',
    undefined,
  ].entries()) {
    it(`read origin ${number} as ${origin}`, () => {
      const { key } = factsOf({ hardware: changed(HARDWARE, [702, der.integer(number)]) });
      assert.equal(knownValue(key.origin), origin);
    });
  }

  it('take an origin that only software states for a claim', () => {
    const hardware = changed(HARDWARE, [702, undefined]);
    const software = changed(SOFTWARE, [702, der.integer(0)]);
    assert.deepEqual(factsOf({ hardware, software }).key.origin, claimed('generated'));
  });

  it('leave the package open when several share a user id and none is expected', () => {
    const { input, context } = mintKeyAttestation({
      software: changed(SOFTWARE, applicationId(['a.b', 'c.d'], [SIGNER])),
    });
    const { apps, ...unnamed } = input;
    const appraisal = verifyKeyAttestation(unnamed, context);
    assert.ok(apps && appraisal.outcome === 'verified');
    assert.deepEqual(appraisal.facts.app.id, { known: 'absent' });
    assert.deepEqual(appraisal.facts.app.signers, proven([SIGNER]));
  });

  it('leave out an empty boot key, version 0 and text that is none', () => {
    const hardware = changed(
      HARDWARE,
      rootOfTrust({ ...BOOT, key: new Uint8Array() }),
      [705, der.integer(0)],
      [710, der.octets(Uint8Array.of(0xff))],
    );
    const { device } = factsOf({ hardware });
    assert.deepEqual([device.bootKey, device.osVersion, device.brand], new Array(3).fill({ known: 'absent' }));
  });

  it('count the certificates that a remotely provisioned device was given', () => {
    assert.deepEqual(factsOf({ issuers: ISSUERS.rkp }).chain.certificatesIssued, proven(64));
    assert.deepEqual(factsOf().chain.certificatesIssued, { known: 'absent' });
  });

  it('do without provisioning info that is of another form', () => {
    const validity = { notBefore: NOW - DAY, notAfter: NOW + DAY };
    for (const info of [provisioningInfo('text'), provisioningInfo(new Map([[1, -1]])), provisioningInfo(new Map())]) {
      const { chain } = factsOf({ issuers: mintRkp(validity, [info]) });
      assert.deepEqual(chain.certificatesIssued, { known: 'absent' });
    }
  });

  it('hold no identifier of device or user', () => {
    const secret = 'identifier-of-one-device';
    const value = der.octets(utf8(secret));
    const identifiers = [713, 714, 715, 723].map((tag) => [tag, value] as const);
    const { input, context } = mintKeyAttestation({
      uniqueId: utf8(secret),
      software: changed(SOFTWARE, ...identifiers),
      hardware: changed(HARDWARE, ...identifiers),
    });
    const text = JSON.stringify(verifyKeyAttestation(input, context), (_, member) =>
      member instanceof Uint8Array ? Buffer.from(member).toString('latin1') : member,
    );
    assert.ok(text.includes('"outcome":"verified"'));
    assert.ok(!text.includes(secret));
  });
});
