import { bootKeyList } from './grapheneos.ts';

/** For money. Hardware evidence only, a system that still gets patches, and hints that refuse when they are heavy together. */
export const BANKING: string = `# For money. Hardware evidence only: the key lives in the phone, the phone is locked, the system is its maker's or one
# of those listed below, and it was patched within the last year. Hints mark a verdict, and refuse where several agree.
assay: policy/1
name: banking
description: Hardware evidence on a patched, locked device; agreeing hints and advisories refuse.

# No vendor is asked for the evidence that counts here, so an outage degrades the extras. Nothing degraded moves money.
outage:
  vendor: degrade
  revocation: degrade
  assurance: low

lists:
${bootKeyList()}

rules:
  - id: platform
    require: platform in ["ios", "android"]
    otherwise: { tier: none, code: policy.platform_unproven }
    why: Only these two have hardware evidence.
  - id: attested_key
    require: key.attestedLevel in ["tee", "strongbox", "secure_enclave"]
    otherwise: { tier: contraindicated, code: policy.attested_key_software }
    why: A key in software can be copied to another device.

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
    require: chain.provisioning in ["factory", "rkp"]
    otherwise: { tier: contraindicated, code: policy.chain_not_hardware }
    why: A software root signs for emulators too.
  - id: android.levels
    when: platform == "android"
    require: key.attesterLevel == key.attestedLevel
    otherwise: { tier: contraindicated, code: policy.levels_differ }
    why: A component vouches only for keys that it keeps itself.
  - id: android.key
    when: platform == "android"
    require: key.origin == "generated" && 2 in key.purposes && !(7 in key.purposes)
    otherwise: { tier: contraindicated, code: policy.key_not_generated }
    why: An imported key may exist elsewhere, and a key that may attest could vouch for others.
  - id: android.locked
    when: platform == "android"
    require: device.locked
    otherwise: { tier: contraindicated, code: policy.bootloader_unlocked }
    why: An unlocked bootloader starts any system, and the system names the app.
  - id: android.boot
    when: platform == "android"
    require: device.bootState == "verified" || (device.bootState == "self_signed" && device.bootKey in lists.boot_keys)
    otherwise: { tier: contraindicated, code: policy.boot_not_verified }
    why: The maker's system, or one whose boot key is listed, such as GrapheneOS.
  - id: android.patched
    when: platform == "android"
    require: daysSince(device.osPatch, now) <= 400
    otherwise: { tier: contraindicated, code: policy.os_too_old }
    why: A patch level older than a year leaves holes open whose use is public. Users can update, or use another phone.
  - id: android.revocation
    when: platform == "android"
    require: chain.revocation == "not_listed"
    otherwise: { tier: warning, code: policy.revocation_not_checked }
    why: A listed chain never gets here; one that was not looked up is no proof against the device.
  - id: android.farm
    when: platform == "android" && has(chain.certificatesIssued)
    require: chain.certificatesIssued <= 256
    otherwise: { tier: warning, code: policy.certificates_many }
    why: Hundreds of attestation certificates within 30 days are what a farm of installs needs.

  # Play is not asked for. Where the app sends its word, the word counts.
  - id: play.recognition
    when: '"play-integrity" in evidence'
    require: app.recognition == "recognized" || app.releasedHours <= 48
    otherwise: { tier: warning, code: policy.app_unrecognized }
    why: Key Attestation names the signer already; an unknown build two days after its release is worth a look.
  - id: play.screen
    when: '"play-integrity" in evidence && has(runtime.accessRisk)'
    require: '!("unknown_controlling" in runtime.accessRisk) && !("unknown_capturing" in runtime.accessRisk)'
    otherwise: { tier: warning, code: policy.screen_access }
    why: Remote support scams work this way. Apps from Play, such as password managers, are let be.

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
  - id: ios.risk
    when: platform == "ios" && has(history.riskMetric)
    require: history.riskMetric <= 32
    otherwise: { tier: warning, code: policy.risk_metric_high }
    why: Apple counts the keys of the app on one device. Tens of them are no family.

  - id: threats.proven
    require: '!("emulator" in proven || "hooks" in proven || "repackaged" in proven)'
    otherwise: { tier: contraindicated, code: policy.threat_proven }
    why: A hint only weighs; what verified evidence says of a threat refuses. Root is asked above, of the boot state.
  - id: hints
    require: weight < 100
    known: claimed
    otherwise: { tier: contraindicated, code: policy.signals_heavy }
    why: One hint may err. Two heavy ones that agree seldom do.
  - id: hints.single
    require: weight < 40
    known: claimed
    otherwise: { tier: warning, code: policy.signals_heavy }
    why: A payment route may ask for more when the app reports root, a debugger or hooks.
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
    why: This build, SDK or system is known to be vulnerable, and the advisory expires by itself.

assurance:
  - level: high
    when: >-
      platform == "android" && key.protection == "hardware" && chain.revocation == "not_listed"
      && (device.bootState == "verified" || device.bootKey in lists.boot_keys)
  - level: substantial
    when: >-
      platform == "android" && key.protection == "hardware"
      && (device.bootState == "verified" || device.bootKey in lists.boot_keys)
  # No hardware proves where the instance key of an iPhone lives, so iOS goes no higher.
  - level: substantial
    when: platform == "ios" && key.attestedLevel == "secure_enclave"

annotations:
  # For the payment route: how long the platform has said nothing new.
  - name: fresh_hours
    when: has(history.freshHours)
    value: history.freshHours

bans:
  # The next statement could leave the reports out: what was reported once counts for a day.
  - id: tampered
    when: '"hooks" in raised && "repackaged" in raised'
    known: claimed
    target: lineage
    for: 1d
    reason: The install reported hooks and repackaging together.

examples:
  - name: A patched phone with hardware attestation
    device: android-tee
    with: { device.osPatch: "2026-10" }
    at: 2026-11-21
    expect: { tier: affirming, assurance: high }
  - name: A GrapheneOS phone, whose system names the app by its own word
    device: android-tee
    with:
      device.osPatch: "2026-11"
      device.bootState: self_signed
      device.bootKey: "55d3c2323db91bb91f20d38d015e85112d038f6b6b5738fe352c1a80dba57023"
      app.id: null
    claimed: { app.id: com.example.bank }
    at: 2026-11-21
    expect: { tier: affirming, assurance: high }
  - name: An iPhone
    device: iphone-ios27
    expect: { tier: affirming, assurance: substantial }
  - name: One hint of hooks marks the verdict, and refuses nothing
    device: iphone-ios27
    raised: [hooks]
    expect: { tier: warning, assurance: substantial, reasons: [policy.signals_heavy] }
  - name: A phone that Play proves to run in a virtual machine
    device: android-play
    with: { device.labels: [virtual] }
    at: 2026-11-21
    expect: { tier: contraindicated, reasons: [policy.threat_proven] }
  - name: A device that was banned, and the app installed again
    device: iphone-ios27
    with: { history.banMark: true }
    expect: { tier: contraindicated, reasons: [policy.device_marked] }
  - name: Hooks and root together
    device: iphone-ios27
    raised: [hooks, root]
    expect: { tier: contraindicated, reasons: [policy.signals_heavy], bans: [] }
  - name: A changed app that is hooked, and keeps quiet the next time
    device: iphone-ios27
    raised: [hooks, repackaged]
    expect: { tier: contraindicated, reasons: [policy.signals_heavy], bans: [tampered] }
  - name: A phone without patches for two years
    device: android-tee
    with: { device.osPatch: "2024-10" }
    at: 2026-11-21
    expect: { tier: contraindicated, reasons: [policy.os_too_old] }
  - name: An unlocked bootloader
    device: android-tee
    with: { device.locked: false, device.bootState: unverified, device.osPatch: "2026-10" }
    at: 2026-11-21
    expect: { tier: contraindicated, reasons: [policy.bootloader_unlocked, policy.boot_not_verified] }
  - name: Play's word alone
    device: play-only
    expect: { tier: contraindicated }
  - name: A vulnerable build
    device: iphone-ios27
    with: { history.advisories: [ASSAY-2026-001] }
    expect: { tier: contraindicated, reasons: [policy.advisory_in_force] }
`;
