/** The policy of the demo's shop: a file of the run, to be read, changed and applied. */
export const SHOP_POLICY = `# The policy of the demo's shop: every kind of evidence counts, each for what it proves. Change it and try:
#   assay policy test FILE, then policy simulate FILE, then policy apply FILE
assay: policy/1
name: demo-shop
description: Every kind of evidence, each for what it proves.

outage:
  vendor: deny
  revocation: degrade
  assurance: low

rules:
  # Of an App Check token nobody knows which device it is on. Simulators and CI come by grants, in development alone.
  - id: platform
    require: platform in ["ios", "android", "harmonyos", "web", "dev"] || "firebase-app-check" in evidence
    otherwise: { tier: none, code: policy.platform_unproven }
    why: Somebody has to vouch for something.
  - id: android.hardware
    when: '"android-key" in evidence'
    require: device.locked && device.bootState == "verified"
    otherwise: { tier: contraindicated, code: policy.bootloader_unlocked }
    why: Where hardware speaks, its word counts.
  - id: android.label
    when: '"play-integrity" in evidence || "huawei-sysintegrity" in evidence'
    require: '"device" in device.labels || "basic" in device.labels && "huawei-sysintegrity" in evidence'
    otherwise: { tier: contraindicated, code: policy.integrity_insufficient }
    why: Play's label for a certified device, or Huawei's one label.
  - id: play.recognition
    when: '"play-integrity" in evidence'
    require: app.recognition == "recognized" || app.releasedHours <= 48
    otherwise: { tier: contraindicated, code: policy.app_unrecognized }
    why: Two days after its release Play knows a build that was published there.
  - id: harmonyos.label
    when: '"harmony-sysintegrity" in evidence'
    require: '"basic" in device.labels'
    otherwise: { tier: contraindicated, code: policy.integrity_insufficient }
    why: Huawei's basic integrity is the one label that HarmonyOS gives.
  - id: web.captcha
    when: '"web" in evidence'
    require: runtime.captcha
    otherwise: { tier: none, code: policy.captcha_unproven }
    why: A browser proves no device.

# What nobody proves that the key cannot leave the device stays low.
assurance:
  - level: high
    when: key.protection == "hardware" && chain.revocation == "not_listed"
  - level: low
    when: size(evidence) > 0

annotations:
  - name: vouched_by
    value: '"android-key" in evidence ? "hardware" : "a service"'

examples:
  - name: A phone with a key in hardware, and Play beside it
    device: android-play
    expect: { tier: affirming, assurance: high }
  - name: Play alone is enough, and worth little
    device: play-only
    expect: { tier: affirming, assurance: low }
  - name: A build that Play does not know
    device: play-only
    with: { app.recognition: unrecognized_version }
    expect: { tier: contraindicated, reasons: [policy.app_unrecognized] }
  - name: A rooted Huawei phone
    device: huawei
    with: { device.labels: [] }
    expect: { tier: contraindicated, reasons: [policy.integrity_insufficient] }
`;
