/** For the first weeks: everything is let in that proves a platform, and everything that speaks against it is marked. */
export const PERMISSIVE: string = `# For a start, and for apps that nobody is to be locked out of. Whatever proves its platform gets a token. What speaks
# against a device is marked as a warning with its reason, so that you see what a stricter preset would refuse. Only a system
# that failed its own check, and evidence of nothing at all, is refused.
assay: policy/1
name: permissive
description: Whatever proves its platform is let in; what speaks against it is marked.

outage:
  vendor: degrade
  revocation: degrade
  assurance: low

rules:
  # An App Check token names the app and no device: enough while you migrate from it, and marked below.
  - id: platform
    require: platform in ["ios", "android", "harmonyos", "web"] || "firebase-app-check" in evidence
    otherwise: { tier: none, code: policy.platform_unproven }
    why: Somebody has to vouch for something.
  - id: android.boot_failed
    when: '"android-key" in evidence'
    require: "!has(device.bootState) || device.bootState != 'failed'"
    known: claimed
    otherwise: { tier: contraindicated, code: policy.boot_not_verified }
    why: The hardware says that the system was changed after it was signed. Nobody's own choice looks so.

  # From here on nothing refuses.
  - id: app
    when: platform != "web"
    require: app.id != ""
    known: claimed
    otherwise: { tier: warning, code: policy.app_unproven }
    why: Nobody has named the app.
  - id: android.hardware
    when: '"android-key" in evidence'
    require: chain.provisioning in ["factory", "rkp"] && key.attestedLevel in ["tee", "strongbox"]
    otherwise: { tier: warning, code: policy.attested_key_software }
    why: Emulators and very old phones attest in software.
  - id: android.locked
    when: '"android-key" in evidence'
    require: device.locked
    otherwise: { tier: warning, code: policy.bootloader_unlocked }
    why: An unlocked bootloader starts any system.
  - id: android.boot
    when: '"android-key" in evidence'
    require: device.bootState in ["verified", "self_signed"]
    otherwise: { tier: warning, code: policy.boot_not_verified }
    why: Nothing vouches for the system that runs.
  - id: android.label
    when: platform == "android" && !("android-key" in evidence)
    require: '"device" in device.labels || "basic" in device.labels && "huawei-sysintegrity" in evidence'
    otherwise: { tier: warning, code: policy.integrity_insufficient }
    why: Neither Google nor Huawei calls this device intact.
  - id: play.recognition
    when: '"play-integrity" in evidence && !("android-key" in evidence)'
    require: app.recognition == "recognized" || app.releasedHours <= 168
    otherwise: { tier: warning, code: policy.app_unrecognized }
    why: Play does not know this build a week after its release.
  - id: harmonyos.label
    when: '"harmony-sysintegrity" in evidence'
    require: '"basic" in device.labels'
    otherwise: { tier: warning, code: policy.integrity_insufficient }
    why: Huawei does not call this device intact.
  - id: ios.environment
    when: '"apple-app-attest" in evidence'
    require: app.environment == "production"
    otherwise: { tier: warning, code: policy.environment_not_allowed }
    why: A build from a developer's machine.
  - id: web.captcha
    when: '"web" in evidence'
    require: runtime.captcha
    otherwise: { tier: warning, code: policy.captcha_unproven }
    why: Nothing says that there is a person.
  - id: hints
    require: weight < 60
    known: claimed
    otherwise: { tier: warning, code: policy.signals_heavy }
    why: The app reports surroundings that it should not be in.
  - id: marked
    when: has(history.banMark)
    require: "!history.banMark"
    otherwise: { tier: warning, code: policy.device_marked }
    why: You banned this device before, and its vendor kept the mark over a reinstall.
  - id: advisories
    require: "!has(history.advisories) || size(history.advisories) == 0"
    otherwise: { tier: warning, code: policy.advisory_in_force }
    why: This build, SDK or system is known to be vulnerable.

# The words of the other presets: being let in says nothing about how much is proven.
assurance:
  - level: high
    when: >-
      key.protection == "hardware" && device.locked && device.bootState in ["verified", "self_signed"]
      && chain.revocation == "not_listed"
  - level: substantial
    when: key.protection == "hardware" && device.locked && device.bootState in ["verified", "self_signed"]
  - level: substantial
    when: platform == "ios" && key.attestedLevel == "secure_enclave" && app.environment == "production"
  - level: low
    when: platform in ["ios", "android", "harmonyos", "web"] || "firebase-app-check" in evidence

examples:
  - name: A phone with hardware attestation
    device: android-tee
    expect: { tier: affirming, assurance: high }
  - name: An unlocked phone is let in, and marked
    device: android-tee
    with: { device.locked: false, device.bootState: unverified }
    expect: { tier: warning, assurance: low, reasons: [policy.bootloader_unlocked, policy.boot_not_verified] }
  - name: A browser whose captcha nobody solved is let in, and marked
    device: web
    with: { runtime.captcha: false }
    expect: { tier: warning, assurance: low, reasons: [policy.captcha_unproven] }
  - name: A device that was banned, and the app installed again
    device: iphone-ios27
    with: { history.banMark: true }
    expect: { tier: warning, assurance: substantial, reasons: [policy.device_marked] }
  - name: An App Check token, while you migrate
    device: app-check
    expect: { tier: warning, assurance: low, reasons: [policy.integrity_insufficient] }
  - name: A system that failed its own check
    device: android-tee
    with: { device.bootState: failed }
    expect: { tier: contraindicated, reasons: [policy.boot_not_verified] }
  - name: Evidence that proves no platform
    device: android-tee
    with: { platform: null }
    expect: { tier: none }
  - name: Development evidence
    device: dev
    expect: { tier: none }
`;
