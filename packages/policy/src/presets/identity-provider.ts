import { bootKeyList } from './grapheneos.ts';

/** For wallets and identity providers: what a banking app asks, fresher, and with the list of revoked keys at hand. */
export const IDENTITY_PROVIDER: string = `# For wallets and identity providers: other services believe what this app says. All that the banking preset asks, and:
# patches of the last half year, evidence not older than a month, no advisory, no heavy hint, and no token while the list of
# revoked attestation keys cannot be asked. GrapheneOS is let in by its boot keys: a public service has to serve it.
assay: policy/1
name: identity-provider
description: Fresh hardware evidence on a well patched, locked device; nothing while revocation is unknown.

outage:
  vendor: degrade
  # A leaked attestation key that is listed already must not get through while nobody can look.
  revocation: deny
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
    why: A key in software can be copied to another device, and the identity with it.

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
  - id: android.farm
    when: platform == "android" && has(chain.certificatesIssued)
    require: chain.certificatesIssued <= 128
    otherwise: { tier: warning, code: policy.certificates_many }
    why: A phone needs a handful of attestation certificates in 30 days. Hundreds are what a farm of installs needs.
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
  - id: android.algorithm
    when: platform == "android"
    require: key.algorithm in ["ec-p256", "ec-p384"]
    otherwise: { tier: contraindicated, code: policy.algorithm_not_allowed }
    why: Credentials are bound to this key, and their formats know these.
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
    require: daysSince(device.osPatch, now) <= 200
    otherwise: { tier: contraindicated, code: policy.os_too_old }
    why: Half a year, and some weeks until a maker has shipped a patch.
  - id: android.revocation
    when: platform == "android"
    require: chain.revocation == "not_listed"
    otherwise: { tier: none, code: policy.revocation_not_checked }
    why: Leaked keys are the one cheap way past all the rules above.

  - id: ios.environment
    when: platform == "ios"
    require: app.environment == "production"
    otherwise: { tier: contraindicated, code: policy.environment_not_allowed }
    why: Whoever has a developer account for the app can make keys in the development environment.
  - id: ios.category
    when: platform == "ios"
    require: "!has(app.category) || app.category == 'app_store'"
    otherwise: { tier: contraindicated, code: policy.category_not_allowed }
    why: Testers do not hold real identities. Systems before iOS 27 send no category; where it is sent, Apple signs it.
  - id: ios.risk
    when: platform == "ios" && has(history.riskMetric)
    require: history.riskMetric <= 16
    otherwise: { tier: contraindicated, code: policy.risk_metric_high }
    why: Apple counts the keys of the app on one device. One device holds few identities.

  - id: threats.proven
    require: '!("emulator" in proven || "hooks" in proven || "repackaged" in proven)'
    otherwise: { tier: contraindicated, code: policy.threat_proven }
    why: A hint weighs; what verified evidence says of a threat refuses. Root is asked above, of the boot state.
  - id: fresh
    when: has(history.freshHours)
    require: history.freshHours <= 720
    otherwise: { tier: none, code: policy.evidence_stale }
    why: What the platform said a month ago says little about today; the app attests again.
  - id: hints
    require: weight < 60
    known: claimed
    otherwise: { tier: contraindicated, code: policy.signals_heavy }
    why: One heavy hint refuses here. Quarantine a provider that errs.
  - id: hints.light
    require: weight < 20
    known: claimed
    otherwise: { tier: warning, code: policy.signals_heavy }
    why: Relying services may ask for more when anything is reported.
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
  # High means a key that no software of the phone can read, in a part made for it or in its trusted world.
  - level: high
    when: >-
      platform == "android" && key.protection == "hardware" && chain.revocation == "not_listed"
      && (device.bootState == "verified" || device.bootKey in lists.boot_keys)
  # No hardware proves where the instance key of an iPhone lives, so iOS goes no higher.
  - level: substantial
    when: platform == "ios" && key.attestedLevel == "secure_enclave"

annotations:
  # For issuers that want the secure element itself, or a key that was provisioned remotely: those do not leak in bulk.
  - name: key_level
    value: key.attestedLevel
  - name: provisioning
    value: chain.provisioning

bans:
  # The next statement could leave the report out: what was reported once counts for a week.
  - id: tampered
    when: '"repackaged" in raised || ("hooks" in raised && "debugger" in raised)'
    known: claimed
    target: lineage
    for: 7d
    reason: The install reported that the app was changed, or is being taken apart.

examples:
  - name: A patched phone with a secure element
    device: android-strongbox
    with: { device.osPatch: "2026-10" }
    at: 2026-11-21
    expect: { tier: affirming, assurance: high }
  - name: A GrapheneOS phone, whose system names the app by its own word
    device: android-strongbox
    with:
      device.osPatch: "2026-11"
      device.bootState: self_signed
      device.bootKey: "55d3c2323db91bb91f20d38d015e85112d038f6b6b5738fe352c1a80dba57023"
      app.id: null
    claimed: { app.id: com.example.wallet }
    at: 2026-11-21
    expect: { tier: affirming, assurance: high }
  - name: An iPhone
    device: iphone-ios27
    with: { app.category: app_store }
    expect: { tier: affirming, assurance: substantial }
  - name: The list of revoked keys cannot be asked
    device: android-tee
    with: { device.osPatch: "2026-10", chain.revocation: not_checked }
    at: 2026-11-21
    expect: { tier: none, reasons: [policy.revocation_not_checked] }
  - name: Patches of last winter
    device: android-tee
    with: { device.osPatch: "2026-01" }
    at: 2026-11-21
    expect: { tier: contraindicated, reasons: [policy.os_too_old] }
  - name: Evidence that nobody renewed
    device: iphone-ios27
    with: { app.category: app_store, history.freshHours: 1000 }
    expect: { tier: none, reasons: [policy.evidence_stale] }
  - name: A report of hooks
    device: iphone-ios27
    with: { app.category: app_store }
    raised: [hooks]
    expect: { tier: contraindicated, reasons: [policy.signals_heavy], bans: [] }
  - name: A report that the app was changed
    device: iphone-ios27
    with: { app.category: app_store }
    raised: [repackaged]
    expect: { tier: contraindicated, reasons: [policy.signals_heavy], bans: [tampered] }
`;
