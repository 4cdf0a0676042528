import { bootKeyList } from './grapheneos.ts';

/** For most apps. No rule needs Google Play, a signal provider or any other closed service: each is used where it is there. */
export const STANDARD: string = `# For most apps. A genuine app on a device that nobody opened, by whatever evidence the device can give: hardware
# attestation first, else the integrity service of Google or Huawei, else a captcha on the web. Hints of the app never
# refuse: they mark the verdict as a warning, and a route may ask for more.
assay: policy/1
name: standard
description: Genuine apps on devices that nobody opened, by any evidence; hints and advisories warn.

# While a vendor or a list cannot be asked, tokens are still given: they say so in a claim, and are worth little.
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
    why: Without verified evidence of a platform nothing else means anything. Development evidence is not served here.

  # On a listed system the operating system that names the app is not the maker's, so its word is a claim: the list says
  # that you believe it. A page in a browser has no app; its origin was checked with its evidence.
  - id: app
    when: platform != "web" && !(platform == "android" && device.bootKey in lists.boot_keys)
    require: app.id != ""
    otherwise: { tier: none, code: policy.app_unproven }
    why: A good device says nothing about an app that nobody has named.
  - id: app.listed_system
    when: platform == "android" && has(device.bootKey) && device.bootKey in lists.boot_keys
    require: app.id != ""
    known: claimed
    otherwise: { tier: none, code: policy.app_unproven }
    why: A listed system has to name the app too.

  # Android with Key Attestation: hardware says it.
  - id: android.chain
    when: platform == "android" && "android-key" in evidence
    require: chain.provisioning in ["factory", "rkp"]
    otherwise: { tier: contraindicated, code: policy.chain_not_hardware }
    why: A software root signs for emulators too.
  - id: android.levels
    when: platform == "android" && "android-key" in evidence
    require: key.attestedLevel in ["tee", "strongbox"] && key.attesterLevel == key.attestedLevel
    otherwise: { tier: contraindicated, code: policy.attested_key_software }
    why: A key in software can be copied, and a component vouches only for keys that it keeps itself.
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
    why: The maker's system, or one whose boot key is listed, such as GrapheneOS.
  - id: android.revocation
    when: platform == "android" && "android-key" in evidence
    require: chain.revocation == "not_listed"
    otherwise: { tier: warning, code: policy.revocation_not_checked }
    why: A listed chain never gets here; one that was not looked up is no proof against the device.

  # Android without Key Attestation: a vendor says it.
  - id: android.label
    when: platform == "android" && !("android-key" in evidence)
    require: '"device" in device.labels || "basic" in device.labels && "huawei-sysintegrity" in evidence'
    otherwise: { tier: contraindicated, code: policy.integrity_insufficient }
    why: Play's label for a certified device, or Huawei's one label. Play's own "basic" is given to opened devices too.
  - id: play.recognition
    when: '"play-integrity" in evidence && !("android-key" in evidence)'
    require: app.recognition == "recognized" || app.releasedHours <= 72
    otherwise: { tier: warning, code: policy.app_unrecognized }
    why: Play takes some hours to know a new build. After three days an unknown build was not published there.

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
  - id: ios.category
    when: platform == "ios"
    require: "!has(app.category) || app.category in ['app_store', 'testflight']"
    otherwise: { tier: contraindicated, code: policy.category_not_allowed }
    why: Systems before iOS 27 send no category; where it is sent, Apple signs it.

  - id: web.captcha
    when: platform == "web"
    require: runtime.captcha
    otherwise: { tier: none, code: policy.captcha_unproven }
    why: A browser proves no device. A captcha makes farming cost something, and that is all.

  # Proof refuses. Root is proven by the bootloader and the boot state, which have their rules above.
  - id: threats.proven
    require: '!("emulator" in proven || "hooks" in proven || "repackaged" in proven)'
    otherwise: { tier: contraindicated, code: policy.threat_proven }
    why: Verified evidence says that this is a virtual machine, that the app is hooked, or that somebody else signed it.

  # Hints: the app's word, weighed (docs/signals.md). What is proven is not weighed here but judged above.
  - id: hints
    require: weight < 60
    known: claimed
    otherwise: { tier: warning, code: policy.signals_heavy }
    why: Providers err, sometimes for every phone of a system at once. Hints mark, and do not refuse.
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
  # No hardware proves where the instance key of an iPhone lives, so iOS goes no higher.
  - level: substantial
    when: platform == "ios" && key.attestedLevel == "secure_enclave"
  # A vendor's word about the device, and nothing about the key.
  - level: low
    when: '"device" in device.labels || "basic" in device.labels'
  - level: low
    when: platform == "web" && runtime.captcha

annotations:
  # An install that reported and has gone silent is marked: a route or an analyst may care.
  - name: silent
    when: size(history.silentProviders) > 0
    value: size(history.silentProviders)

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
  - name: An iPhone
    device: iphone-ios27
    expect: { tier: affirming, assurance: substantial }
  - name: An app that reports root and hooks gets a warning, and keeps its token
    device: android-tee
    raised: [hooks, debugger]
    expect: { tier: warning, assurance: high, reasons: [policy.signals_heavy] }
  - name: A phone that Play proves to run in a virtual machine
    device: android-play
    with: { device.labels: [virtual] }
    expect: { tier: contraindicated, reasons: [policy.threat_proven] }
  - name: A device that was banned, and the app installed again
    device: iphone-ios27
    with: { history.banMark: true }
    expect: { tier: contraindicated, reasons: [policy.device_marked] }
  - name: An unlocked bootloader
    device: android-tee
    with: { device.locked: false, device.bootState: unverified }
    expect: { tier: contraindicated, reasons: [policy.bootloader_unlocked, policy.boot_not_verified] }
  - name: A system of its owner's that nobody listed
    device: android-tee
    with: { device.bootState: self_signed, device.bootKey: "00000000000000000000000000000000000000000000000000000000000000ff" }
    expect: { tier: contraindicated, reasons: [policy.boot_not_verified] }
  - name: An emulator
    device: emulator
    expect: { tier: contraindicated }
`;
