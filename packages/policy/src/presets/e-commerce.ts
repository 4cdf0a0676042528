import { bootKeyList } from './grapheneos.ts';

/** For shops: every buyer is let in, farms and resold accounts are not. */
export const E_COMMERCE: string = `# For shops. A buyer who is refused buys elsewhere, so every kind of evidence counts, browsers too. What is refused is what
# fraud at scale needs: emulators, farms of one device, devices that you marked before, drivers of the screen.
assay: policy/1
name: e-commerce
description: Every buyer by any evidence; emulators, farms and marked devices are refused.

# A sale is not lost because Google cannot be asked.
outage:
  vendor: degrade
  revocation: degrade
  assurance: low

lists:
${bootKeyList()}

rules:
  - id: platform
    require: platform in ["ios", "android", "harmonyos", "web"]
    otherwise: { tier: none, code: policy.platform_unproven }
    why: Somebody has to vouch for something.
  - id: app
    when: platform != "web" && !(platform == "android" && device.bootState == "self_signed")
    require: app.id != ""
    otherwise: { tier: none, code: policy.app_unproven }
    why: A good device says nothing about an app that nobody has named.
  - id: app.own_system
    when: platform == "android" && has(device.bootState) && device.bootState == "self_signed"
    require: app.id != ""
    known: claimed
    otherwise: { tier: none, code: policy.app_unproven }
    why: A system of the owner's choice has to name the app too.

  - id: android.hardware
    when: platform == "android" && "android-key" in evidence
    require: chain.provisioning in ["factory", "rkp"] && key.attestedLevel in ["tee", "strongbox"]
    otherwise: { tier: contraindicated, code: policy.attested_key_software }
    why: Emulators attest in software, and a thousand of them run on one computer.
  - id: android.boot_failed
    when: platform == "android" && "android-key" in evidence
    require: device.bootState != "failed"
    otherwise: { tier: contraindicated, code: policy.boot_not_verified }
    why: The hardware says that the system was changed after it was signed. Nobody's own choice looks so.
  - id: android.closed
    when: platform == "android" && "android-key" in evidence
    require: device.locked && device.bootState in ["verified", "self_signed"]
    otherwise: { tier: warning, code: policy.bootloader_unlocked }
    why: Hobbyists buy too. They pay by means that ask for more.
  - id: android.own_system
    when: platform == "android" && has(device.bootState) && device.bootState == "self_signed"
    require: device.bootKey in lists.boot_keys
    otherwise: { tier: warning, code: policy.boot_key_not_allowed }
    why: A system that you do not know may name any app.
  - id: android.farm
    when: platform == "android" && has(chain.certificatesIssued)
    require: chain.certificatesIssued <= 512
    otherwise: { tier: contraindicated, code: policy.certificates_many }
    why: Hundreds of attestation certificates within 30 days are what a farm of accounts needs.
  - id: android.label
    when: platform == "android" && !("android-key" in evidence)
    require: '"device" in device.labels || "basic" in device.labels && "huawei-sysintegrity" in evidence'
    otherwise: { tier: contraindicated, code: policy.integrity_insufficient }
    why: Google or Huawei has to call the device intact where its hardware does not speak.
  - id: play.recognition
    when: '"play-integrity" in evidence'
    require: app.recognition == "recognized" || app.releasedHours <= 72
    otherwise: { tier: warning, code: policy.app_unrecognized }
    why: A build that Play does not know after three days was changed, or comes from elsewhere.
  - id: play.licence
    when: '"play-integrity" in evidence && has(app.licensing)'
    require: app.licensing != "unlicensed"
    otherwise: { tier: warning, code: policy.app_unlicensed }
    why: Farms install the same file on many devices. Take this out where you publish in other stores too.
  - id: play.activity
    when: '"play-integrity" in evidence && has(runtime.activityLevel)'
    require: runtime.activityLevel <= 3
    otherwise: { tier: warning, code: policy.activity_unusual }
    why: Level four means a device that asks far more often than a person does.
  - id: harmonyos.label
    when: platform == "harmonyos"
    require: '"basic" in device.labels'
    otherwise: { tier: contraindicated, code: policy.integrity_insufficient }
    why: Huawei's basic integrity is the one label that HarmonyOS gives.
  - id: ios.environment
    when: platform == "ios"
    require: app.environment == "production"
    otherwise: { tier: contraindicated, code: policy.environment_not_allowed }
    why: Whoever has a developer account for the app can make keys in the development environment.
  - id: ios.risk
    when: platform == "ios" && has(history.riskMetric)
    require: history.riskMetric <= 64
    otherwise: { tier: contraindicated, code: policy.risk_metric_high }
    why: Apple counts the keys of the app on one device. A family does not come so far.
  - id: web.captcha
    when: platform == "web"
    require: runtime.captcha
    otherwise: { tier: none, code: policy.captcha_unproven }
    why: A browser proves no device. A captcha makes farming cost something.

  # The server sets the bit that your app names (banBit, recallBit) on devices that you ban: it survives a reinstall.
  - id: banned_before
    when: has(history.banMark)
    require: "!history.banMark"
    otherwise: { tier: contraindicated, code: policy.device_marked }
    why: You banned this device before, and its vendor kept the mark.
  # You may set bit0 (DeviceCheck) or the first recall bit (Play) yourself on devices that cost you money.
  - id: marked
    when: has(runtime.deviceBits)
    require: "!('bit0' in runtime.deviceBits)"
    otherwise: { tier: contraindicated, code: policy.device_marked }
    why: You marked this device before.
  - id: threats.proven
    require: '!("emulator" in proven || "hooks" in proven || "repackaged" in proven)'
    otherwise: { tier: contraindicated, code: policy.threat_proven }
    why: A virtual machine that Google itself names is one of many on one computer. What the app reports only weighs.
  - id: automation
    require: "!('automation' in raised && ('emulator' in raised || 'cloned' in raised))"
    known: claimed
    otherwise: { tier: contraindicated, code: policy.signal_raised }
    why: A driver of the screen in a clone or an emulator is no buyer. Alone it may be a screen reader.
  - id: hints
    require: weight < 60
    known: claimed
    otherwise: { tier: warning, code: policy.signals_heavy }
    why: Hints mark, and a checkout may ask for more.
  - id: advisories
    require: "!has(history.advisories) || size(history.advisories) == 0"
    otherwise: { tier: warning, code: policy.advisory_in_force }
    why: This build, SDK or system is known to be vulnerable.

assurance:
  - level: high
    when: >-
      key.protection == "hardware" && device.locked && chain.revocation == "not_listed"
      && (device.bootState == "verified" || device.bootKey in lists.boot_keys)
  - level: substantial
    when: >-
      key.protection == "hardware" && device.locked
      && (device.bootState == "verified" || device.bootKey in lists.boot_keys)
  - level: substantial
    when: platform == "ios" && key.attestedLevel == "secure_enclave"
  - level: low
    when: key.protection == "hardware" || "device" in device.labels || "basic" in device.labels
  - level: low
    when: platform == "web" && runtime.captcha

annotations:
  - name: silent
    when: size(history.silentProviders) > 0
    value: size(history.silentProviders)

bans:
  - id: marked
    when: "'bit0' in runtime.deviceBits"
    target: lineage
    for: 30d
    reason: The device was marked before.

examples:
  - name: A phone with hardware attestation
    device: android-tee
    expect: { tier: affirming, assurance: high }
  - name: A browser whose captcha was solved
    device: web
    with: { runtime.captcha: true }
    expect: { tier: affirming, assurance: low }
  - name: A build that came out yesterday, which Play does not know yet
    device: play-only
    with: { app.recognition: unrecognized_version, app.releasedHours: 20 }
    expect: { tier: affirming, assurance: low }
  - name: An unlocked phone may look, and pays by other means
    device: android-tee
    with: { device.locked: false, device.bootState: unverified }
    expect: { tier: warning, assurance: low, reasons: [policy.bootloader_unlocked] }
  - name: A device that was marked before
    device: iphone-ios27
    with: { runtime.deviceBits: [bit0] }
    expect: { tier: contraindicated, reasons: [policy.device_marked], bans: [marked] }
  - name: An emulator
    device: emulator
    expect: { tier: contraindicated }
  - name: A phone that Play proves to run in a virtual machine
    device: android-play
    with: { device.labels: [virtual] }
    expect: { tier: contraindicated, reasons: [policy.threat_proven] }
  - name: A clone that a script drives
    device: android-tee
    raised: [automation, cloned]
    expect: { tier: contraindicated, reasons: [policy.signal_raised] }
  - name: A farm of keys on one iPhone
    device: iphone-ios27
    with: { history.riskMetric: 500 }
    expect: { tier: contraindicated, reasons: [policy.risk_metric_high] }
`;
