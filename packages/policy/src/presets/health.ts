import { bootKeyList } from './grapheneos.ts';

/** For patients: nobody is locked out for having an old phone or another system, and what is kept is kept from others. */
export const HEALTH: string = `# For patients. A person who needs the app must not lose it for having an old phone, a free system or no Google services:
# what is weak is marked and gets a low assurance, so that records can ask for more than appointments do. Refused is what
# puts the records of that person into other hands: an opened device, a foreign build, an emulator.
assay: policy/1
name: health
description: Old phones and free systems are let in with less assurance; opened devices are refused.

outage:
  vendor: degrade
  revocation: degrade
  assurance: low

lists:
${bootKeyList()}

rules:
  - id: platform
    require: platform in ["ios", "android", "harmonyos"]
    otherwise: { tier: none, code: policy.platform_unproven }
    why: Records are not shown to a browser by this policy.
  - id: app
    when: "!(platform == 'android' && device.bootState == 'self_signed')"
    require: app.id != ""
    otherwise: { tier: none, code: policy.app_unproven }
    why: A good device says nothing about an app that nobody has named.
  - id: app.own_system
    when: platform == "android" && has(device.bootState) && device.bootState == "self_signed"
    require: app.id != ""
    known: claimed
    otherwise: { tier: none, code: policy.app_unproven }
    why: A system of the owner's choice has to name the app too.

  - id: android.opened
    when: platform == "android" && "android-key" in evidence
    require: device.locked && device.bootState in ["verified", "self_signed"]
    otherwise: { tier: contraindicated, code: policy.bootloader_unlocked }
    why: Anybody can read an opened phone that gets lost. A locked phone with a system of its owner's choice is closed.
  - id: android.listed
    when: platform == "android" && has(device.bootState) && device.bootState == "self_signed"
    require: device.bootKey in lists.boot_keys
    otherwise: { tier: warning, code: policy.boot_key_not_allowed }
    why: A system that you do not know may name any app. It gets a low assurance, and no refusal.
  - id: android.hardware
    when: platform == "android" && "android-key" in evidence
    require: chain.provisioning in ["factory", "rkp"] && key.attestedLevel in ["tee", "strongbox"]
    otherwise: { tier: contraindicated, code: policy.attested_key_software }
    why: A software root signs for emulators too. Send Play's or Huawei's evidence from phones without hardware.
  - id: android.label
    when: platform == "android" && !("android-key" in evidence)
    require: '"device" in device.labels || "basic" in device.labels && "huawei-sysintegrity" in evidence'
    otherwise: { tier: contraindicated, code: policy.integrity_insufficient }
    why: Google or Huawei has to call the device intact where its hardware does not speak.
  - id: android.patched
    when: platform == "android" && "android-key" in evidence
    require: daysSince(device.osPatch, now) <= 1100
    otherwise: { tier: warning, code: policy.os_too_old }
    why: Three years without patches. Many such phones are in honest hands.
  - id: play.recognition
    when: '"play-integrity" in evidence && !("android-key" in evidence)'
    require: app.recognition == "recognized" || app.releasedHours <= 168
    otherwise: { tier: warning, code: policy.app_unrecognized }
    why: Play takes some hours to know a new build.
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

  - id: threats.proven
    require: '!("emulator" in proven || "hooks" in proven || "repackaged" in proven)'
    otherwise: { tier: contraindicated, code: policy.threat_proven }
    why: What verified evidence says of a threat is no false alarm of a provider. Root is asked above, of the bootloader.
  - id: passcode
    require: "!('no_passcode' in raised)"
    known: claimed
    otherwise: { tier: warning, code: policy.signal_raised }
    why: A phone without a lock shows the records to whoever finds it. Ask the user to set one.
  - id: hints
    require: weight < 60
    known: claimed
    otherwise: { tier: warning, code: policy.signals_heavy }
    why: Hints mark, and do not refuse. Screen readers and other aids must never cost a patient the app.
  - id: marked
    when: has(history.banMark)
    require: "!history.banMark"
    otherwise: { tier: contraindicated, code: policy.device_marked }
    why: You banned this device before, and its vendor kept the mark over a reinstall.
  - id: advisories
    require: "!has(history.advisories) || size(history.advisories) == 0"
    otherwise: { tier: warning, code: policy.advisory_in_force }
    why: This build, SDK or system is known to be vulnerable. Users need time to update.

assurance:
  - level: high
    when: >-
      key.protection == "hardware" && chain.revocation == "not_listed"
      && (device.bootState == "verified" || device.bootKey in lists.boot_keys)
  - level: substantial
    when: key.protection == "hardware" && (device.bootState == "verified" || device.bootKey in lists.boot_keys)
  - level: substantial
    when: platform == "ios" && key.attestedLevel == "secure_enclave"
  - level: low
    when: key.protection == "hardware" || "device" in device.labels || "basic" in device.labels

examples:
  - name: A phone with hardware attestation
    device: android-tee
    with: { device.osPatch: "2026-10" }
    at: 2026-11-21
    expect: { tier: affirming, assurance: high }
  - name: An old phone that gets no patches any more
    device: android-tee
    with: { device.osPatch: "2022-03" }
    at: 2026-11-21
    expect: { tier: warning, assurance: high, reasons: [policy.os_too_old] }
  - name: A locked phone with a system that nobody listed
    device: android-tee
    with:
      device.osPatch: "2026-10"
      device.bootState: self_signed
      device.bootKey: "00000000000000000000000000000000000000000000000000000000000000ff"
      app.id: null
    claimed: { app.id: com.example.health }
    at: 2026-11-21
    expect: { tier: warning, assurance: low, reasons: [policy.boot_key_not_allowed] }
  - name: A Huawei phone
    device: huawei
    expect: { tier: affirming, assurance: low }
  - name: An unlocked phone
    device: android-tee
    with: { device.osPatch: "2026-10", device.locked: false, device.bootState: unverified }
    at: 2026-11-21
    expect: { tier: contraindicated, reasons: [policy.bootloader_unlocked] }
  - name: An emulator
    device: emulator
    expect: { tier: contraindicated }
  - name: A development build on an iPhone
    device: iphone-ios27
    with: { app.environment: development }
    expect: { tier: contraindicated, reasons: [policy.environment_not_allowed] }
`;
