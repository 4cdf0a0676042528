import { bootKeyList } from './grapheneos.ts';

/** For apps that want nothing of Google on the device or at run time. */
export const NO_GOOGLE: string = `# For apps that want nothing of Google at run time. Android phones of every maker by Key Attestation, other systems by their boot
# keys, phones of Huawei by its own service, Apple's by App Attest. No rule looks at anything that Google Play says, and
# evidence that is Play's alone is not enough. What stays: attestation keys of Android phones are certified by Google's root,
# and the list of revoked ones is fetched by the server, never by the phone.
assay: policy/1
name: no-google
description: Hardware attestation, listed systems, Huawei and Apple; nothing that Google Play says counts.

# Without the list of revoked keys a leaked one is not told from a good one: tokens then say so, and are worth little.
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
    why: A platform that somebody vouches for.

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

  - id: android.evidence
    when: platform == "android"
    require: '"android-key" in evidence || "huawei-sysintegrity" in evidence'
    otherwise: { tier: none, code: policy.platform_unproven }
    why: Whoever has neither has only Play's word.
  - id: android.hardware
    when: platform == "android" && "android-key" in evidence
    require: chain.provisioning in ["factory", "rkp"] && key.attestedLevel in ["tee", "strongbox"]
    otherwise: { tier: contraindicated, code: policy.attested_key_software }
    why: A software root signs for emulators too, and a key in software can be copied.
  - id: android.levels
    when: platform == "android" && "android-key" in evidence
    require: key.attesterLevel == key.attestedLevel
    otherwise: { tier: contraindicated, code: policy.levels_differ }
    why: A component vouches only for keys that it keeps itself.
  - id: android.key
    when: platform == "android" && "android-key" in evidence
    require: key.origin == "generated" && 2 in key.purposes && !(7 in key.purposes)
    otherwise: { tier: contraindicated, code: policy.key_not_generated }
    why: An imported key may exist elsewhere, and a key that may attest could vouch for others.
  - id: android.locked
    when: platform == "android" && "android-key" in evidence
    require: device.locked
    otherwise: { tier: contraindicated, code: policy.bootloader_unlocked }
    why: An unlocked bootloader starts any system, and the system names the app.
  - id: android.boot
    when: platform == "android" && "android-key" in evidence
    require: device.bootState == "verified" || (device.bootState == "self_signed" && device.bootKey in lists.boot_keys)
    otherwise: { tier: contraindicated, code: policy.boot_not_verified }
    why: The maker's system, or one whose boot key is listed. Add the systems that your users run.
  - id: android.revocation
    when: platform == "android" && "android-key" in evidence
    require: chain.revocation == "not_listed"
    otherwise: { tier: warning, code: policy.revocation_not_checked }
    why: A listed chain never gets here; one that was not looked up is no proof against the device.
  - id: huawei.integrity
    when: '"huawei-sysintegrity" in evidence || "harmony-sysintegrity" in evidence'
    require: '"basic" in device.labels'
    otherwise: { tier: contraindicated, code: policy.integrity_insufficient }
    why: Huawei's one label. It says nothing about the key.

  - id: ios.environment
    when: platform == "ios"
    require: app.environment == "production"
    otherwise: { tier: contraindicated, code: policy.environment_not_allowed }
    why: Whoever has a developer account for the app can make keys in the development environment.

  - id: ios.category
    when: platform == "ios"
    require: "!has(app.category) || app.category in ['app_store', 'testflight']"
    otherwise: { tier: contraindicated, code: policy.category_not_allowed }
    why: Systems before iOS 27 send no category; where it is sent, Apple signs it.

  - id: threats.proven
    require: '!("emulator" in proven || "hooks" in proven || "repackaged" in proven)'
    otherwise: { tier: contraindicated, code: policy.threat_proven }
    why: What verified evidence says of a threat refuses; what the app reports only weighs.
  - id: hints
    require: weight < 60
    known: claimed
    otherwise: { tier: warning, code: policy.signals_heavy }
    why: Hints mark, and do not refuse.
  - id: marked
    when: has(history.banMark)
    require: "!history.banMark"
    otherwise: { tier: contraindicated, code: policy.device_marked }
    why: You banned this device before, and its vendor kept the mark over a reinstall.
  - id: advisories
    require: "!has(history.advisories) || size(history.advisories) == 0"
    otherwise: { tier: warning, code: policy.advisory_in_force }
    why: This build, SDK or system is known to be vulnerable.

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
    when: '"basic" in device.labels && ("huawei-sysintegrity" in evidence || "harmony-sysintegrity" in evidence)'

examples:
  - name: A phone with hardware attestation
    device: android-tee
    expect: { tier: affirming, assurance: high }
  - name: A GrapheneOS phone, whose system names the app by its own word
    device: android-tee
    with:
      device.bootState: self_signed
      device.bootKey: "55d3c2323db91bb91f20d38d015e85112d038f6b6b5738fe352c1a80dba57023"
      app.id: null
    claimed: { app.id: com.example.app }
    expect: { tier: affirming, assurance: high }
  - name: A Huawei phone
    device: huawei
    expect: { tier: affirming, assurance: low }
  - name: Play's word alone
    device: play-only
    expect: { tier: none, reasons: [policy.platform_unproven] }
  - name: A system that nobody listed
    device: android-tee
    with: { device.bootState: self_signed, device.bootKey: "00000000000000000000000000000000000000000000000000000000000000ff" }
    expect: { tier: contraindicated, reasons: [policy.boot_not_verified] }
  - name: A rooted Huawei phone
    device: huawei
    with: { device.labels: [] }
    expect: { tier: contraindicated, reasons: [policy.integrity_insufficient] }
`;
