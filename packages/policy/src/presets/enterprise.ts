import { bootKeyList } from './grapheneos.ts';

/** For apps of a company's own people on devices that it manages, distributed outside the stores too. */
export const ENTERPRISE: string = `# For the people of one company, on devices that it manages. The app may come from its own distribution instead of a store,
# so Play's recognition and licence say nothing; what counts is hardware, a locked and patched system, and a lock screen.
assay: policy/1
name: enterprise
description: Managed devices with hardware evidence, patches of the last months and a lock screen; any distribution.

outage:
  vendor: degrade
  revocation: degrade
  assurance: substantial

lists:
  # Apple's word for how the app was launched: its stores, and in-house distribution.
  ios_categories: [app_store, testflight, enterprise]
${bootKeyList()}

rules:
  - id: platform
    require: platform in ["ios", "android"]
    otherwise: { tier: none, code: policy.platform_unproven }
    why: Only these two have hardware evidence.
  - id: attested_key
    require: key.attestedLevel in ["tee", "strongbox", "secure_enclave"]
    otherwise: { tier: contraindicated, code: policy.attested_key_software }
    why: A key in software can be copied to a device that nobody manages.

  # On a listed system the operating system that names the app is not the maker's, so its word is a claim: the list says
  # that you believe it.
  - id: app
    when: "!(platform == 'android' && device.bootKey in lists.boot_keys)"
    require: app.id != ""
    otherwise: { tier: none, code: policy.app_unproven }
    why: A good device says nothing about an app that nobody has named.
  - id: app.listed_system
    when: platform == "android" && has(device.bootKey) && device.bootKey in lists.boot_keys
    require: app.id != ""
    known: claimed
    otherwise: { tier: none, code: policy.app_unproven }
    why: A listed system has to name the app too.

  - id: android.chain
    when: platform == "android"
    require: chain.provisioning in ["factory", "rkp"] && key.attesterLevel == key.attestedLevel
    otherwise: { tier: contraindicated, code: policy.chain_not_hardware }
    why: A software root signs for emulators too, and a component vouches only for its own keys.
  - id: android.key
    when: platform == "android"
    require: key.origin == "generated" && 2 in key.purposes && !(7 in key.purposes)
    otherwise: { tier: contraindicated, code: policy.key_not_generated }
    why: An imported key may exist elsewhere, and a key that may attest could vouch for others.
  - id: android.locked
    when: platform == "android"
    require: device.locked
    otherwise: { tier: contraindicated, code: policy.bootloader_unlocked }
    why: Nobody manages an unlocked phone.
  - id: android.boot
    when: platform == "android"
    require: device.bootState == "verified" || (device.bootState == "self_signed" && device.bootKey in lists.boot_keys)
    otherwise: { tier: contraindicated, code: policy.boot_not_verified }
    why: The maker's system, or one that the company chose.
  - id: android.patched
    when: platform == "android"
    require: daysSince(device.osPatch, now) <= 130
    otherwise: { tier: warning, code: policy.os_too_old }
    why: Updates are the company's own affair. Late ones are marked, and very late ones refused below.
  - id: android.outdated
    when: platform == "android"
    require: daysSince(device.osPatch, now) <= 400
    otherwise: { tier: contraindicated, code: policy.os_too_old }
    why: A year without patches is no managed device.
  - id: android.revocation
    when: platform == "android"
    require: chain.revocation == "not_listed"
    otherwise: { tier: warning, code: policy.revocation_not_checked }
    why: A listed chain never gets here; one that was not looked up is no proof against the device.

  - id: ios.environment
    when: platform == "ios"
    require: app.environment == "production"
    otherwise: { tier: contraindicated, code: policy.environment_not_allowed }
    why: In-house builds are made for production too. Development builds belong into another environment.
  - id: ios.category
    when: platform == "ios"
    require: "!has(app.category) || app.category in lists.ios_categories"
    otherwise: { tier: contraindicated, code: policy.category_not_allowed }
    why: Systems before iOS 27 send no category; where it is sent, Apple signs it.

  - id: threats.proven
    require: '!("emulator" in proven || "hooks" in proven || "repackaged" in proven)'
    otherwise: { tier: contraindicated, code: policy.threat_proven }
    why: A managed device is no virtual machine, and nobody else signs its apps.
  - id: passcode
    require: "!('no_passcode' in raised)"
    known: claimed
    otherwise: { tier: contraindicated, code: policy.signal_raised }
    why: The company's rule for its devices. Only the app can see it, so without a provider it is not asked.
  - id: debugging
    require: "!('adb' in raised || 'developer_mode' in raised)"
    known: claimed
    otherwise: { tier: warning, code: policy.signal_raised }
    why: A managed device needs no debugging.
  - id: hints
    require: weight < 60
    known: claimed
    otherwise: { tier: contraindicated, code: policy.signals_heavy }
    why: A managed device that reports hooks or root goes to the help desk.
  - id: silence
    when: has(history.silentProviders)
    require: size(history.silentProviders) == 0
    otherwise: { tier: warning, code: policy.provider_silent }
    why: An install that reported and has gone silent may have been told to be silent.
  - id: marked
    when: has(history.banMark)
    require: "!history.banMark"
    otherwise: { tier: contraindicated, code: policy.device_marked }
    why: You banned this device before, and its vendor kept the mark over a reinstall.
  - id: advisories
    require: "!has(history.advisories) || size(history.advisories) == 0"
    otherwise: { tier: contraindicated, code: policy.advisory_in_force }
    why: The company ships the fix itself.

assurance:
  - level: high
    when: >-
      platform == "android" && key.protection == "hardware" && chain.revocation == "not_listed"
      && (device.bootState == "verified" || device.bootKey in lists.boot_keys)
  - level: substantial
    when: >-
      platform == "android" && key.protection == "hardware"
      && (device.bootState == "verified" || device.bootKey in lists.boot_keys)
  - level: substantial
    when: platform == "ios" && key.attestedLevel == "secure_enclave"

examples:
  - name: A patched phone
    device: android-tee
    with: { device.osPatch: "2026-10" }
    at: 2026-11-21
    expect: { tier: affirming, assurance: high }
  - name: An iPhone with the in-house build
    device: iphone-ios27
    with: { app.category: enterprise }
    expect: { tier: affirming, assurance: substantial }
  - name: A phone that is late with its patches
    device: android-tee
    with: { device.osPatch: "2026-06" }
    at: 2026-11-21
    expect: { tier: warning, assurance: high, reasons: [policy.os_too_old] }
  - name: A phone without a lock screen
    device: android-tee
    with: { device.osPatch: "2026-10" }
    raised: [no_passcode]
    at: 2026-11-21
    expect: { tier: contraindicated, reasons: [policy.signal_raised] }
  - name: A phone that reports hooks
    device: iphone-ios27
    raised: [hooks]
    expect: { tier: contraindicated, reasons: [policy.signals_heavy] }
  - name: A phone without patches for two years
    device: android-tee
    with: { device.osPatch: "2024-10" }
    at: 2026-11-21
    expect: { tier: contraindicated, reasons: [policy.os_too_old] }
  - name: Play's word alone
    device: play-only
    expect: { tier: contraindicated }
`;
