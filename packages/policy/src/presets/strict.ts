import type { AttestEnvironment, LaunchCategory } from '@assay/core';
import { parsePolicy } from '../parse.ts';
import type { Policy } from '../policy.ts';

/** What the strict policy leaves to its user: how an iOS app may have been built and launched. */
export interface LaunchTerms {
  readonly name?: string;
  readonly environments?: readonly AttestEnvironment[];
  readonly categories?: readonly LaunchCategory[];
  /** Whether systems that send no launch category are refused. */
  readonly isCategoryRequired?: boolean;
}

/** The text of the strict policy on other terms: see {@link STRICT_POLICY}. */
export function strictSource(terms: LaunchTerms = {}): string {
  const { name = 'strict', environments = ['production'], categories = ['testflight', 'app_store'] } = terms;
  const category = 'app.category in lists.ios_categories';
  return `# Hardware evidence only. Android: chain, key and attester at one hardware level, generated for signing only, locked and
# verified boot. iOS: an App Attest key, launched from the store or TestFlight where iOS says so. There is no rule for
# patch levels: which age is too old differs from app to app. iOS reaches substantial at most, since no hardware proves
# where the instance key lives.
assay: policy/1
name: ${name}
description: Hardware evidence of a locked and verified device, and of the app as its store delivers it.
outage:
  vendor: deny
  revocation: degrade
  assurance: substantial
lists:
  ios_environments: [${environments.join(', ')}]
  ios_categories: [${categories.join(', ')}]
rules:
  - id: platform
    require: platform in ["ios", "android"]
    otherwise: { tier: none, code: policy.platform_unproven }
    why: Every other rule depends on the platform, and only these two have hardware evidence that is verified here.

  - id: attested_key
    require: key.attestedLevel in ["tee", "strongbox", "secure_enclave"]
    otherwise: { tier: contraindicated, code: policy.attested_key_software }
    why: A key in software can be copied to another device, and evidence without a key in hardware names no device.

  - id: android.chain
    when: platform == "android" && "android-key" in evidence
    require: chain.provisioning in ["factory", "rkp"]
    otherwise: { tier: contraindicated, code: policy.chain_not_hardware }
    why: A software root signs for emulators too.

  - id: android.attester
    when: platform == "android" && "android-key" in evidence
    require: key.attesterLevel in ["tee", "strongbox"]
    otherwise: { tier: contraindicated, code: policy.attester_software }
    why: An attestation made in software can be made by whoever controls that software.

  - id: android.levels
    when: platform == "android" && "android-key" in evidence
    require: key.attestedLevel == key.attesterLevel
    otherwise: { tier: contraindicated, code: policy.levels_differ }
    why: A component can vouch only for keys that it keeps itself.

  - id: android.key_protection
    when: platform == "android" && "android-key" in evidence
    require: key.protection == "hardware"
    otherwise: { tier: contraindicated, code: policy.key_not_hardware }
    why: On Android the instance key is the attested key itself.

  - id: android.origin
    when: platform == "android" && "android-key" in evidence
    require: key.origin == "generated"
    otherwise: { tier: contraindicated, code: policy.key_not_generated }
    why: An imported key may exist elsewhere too.

  - id: android.purpose_sign
    when: platform == "android" && "android-key" in evidence
    require: 2 in key.purposes
    otherwise: { tier: contraindicated, code: policy.key_cannot_sign }
    why: The instance key exists to sign.

  - id: android.purpose_attest
    when: platform == "android" && "android-key" in evidence
    require: "!(7 in key.purposes)"
    otherwise: { tier: contraindicated, code: policy.key_can_attest }
    why: A key with this purpose could sign attestations of its own.

  - id: android.root_of_trust
    when: platform == "android" && "android-key" in evidence
    require: has(device.bootState)
    otherwise: { tier: contraindicated, code: policy.root_of_trust_missing }
    why: Without a root of trust in the hardware list nothing is known about the system that runs.

  - id: android.locked
    when: platform == "android" && "android-key" in evidence
    require: device.locked
    otherwise: { tier: contraindicated, code: policy.bootloader_unlocked }
    why: An unlocked bootloader starts any system, and the system names the app.

  - id: android.boot_state
    when: platform == "android" && "android-key" in evidence
    require: device.bootState == "verified"
    otherwise: { tier: contraindicated, code: policy.boot_not_verified }
    why: Only the maker's own system is trusted to name the app; a custom system needs a rule for its boot key.

  - id: android.revocation
    when: platform == "android" && "android-key" in evidence
    require: chain.revocation == "not_listed"
    otherwise: { tier: warning, code: policy.revocation_not_checked }
    why: >-
      A listed chain never gets here. An unchecked one is not proof against the device, so it is marked for routes to
      refuse, and loses assurance.

  - id: ios.environment
    when: platform == "ios" && "apple-app-attest" in evidence
    require: app.environment in lists.ios_environments
    otherwise: { tier: contraindicated, code: policy.environment_not_allowed }
    why: Whoever has a developer account for the app can make keys in the development environment.

  - id: ios.category
    when: platform == "ios" && "apple-app-attest" in evidence
    require: "${terms.isCategoryRequired === true ? '' : '!has(app.category) || '}${category}"
    otherwise: { tier: contraindicated, code: policy.category_not_allowed }
    why: Systems before iOS 27 send no category; where it is sent, Apple signs it.

  - id: threats.proven
    require: '!("emulator" in proven || "hooks" in proven || "repackaged" in proven)'
    otherwise: { tier: contraindicated, code: policy.threat_proven }
    why: Evidence beside the key may prove what the key cannot see, such as a virtual machine.

  - id: marked
    when: has(history.banMark)
    require: "!history.banMark"
    otherwise: { tier: contraindicated, code: policy.device_marked }
    why: You banned this device before, and its vendor kept the mark over a reinstall.

  - id: app
    require: has(app.id)
    otherwise: { tier: none, code: policy.app_unproven }
    why: A good device says nothing about an app that nobody has named.

assurance:
  - level: high
    when: >-
      platform == "android" && key.protection == "hardware" && key.attestedLevel in ["tee", "strongbox"]
      && device.bootState == "verified" && chain.revocation == "not_listed"
  - level: substantial
    when: >-
      platform == "android" && key.protection == "hardware" && key.attestedLevel in ["tee", "strongbox"]
      && device.bootState == "verified"
  - level: substantial
    when: platform == "ios" && key.attestedLevel == "secure_enclave" && has(app.id)

examples:
  - name: A locked phone with verified boot
    device: android-tee
    expect: { tier: affirming, assurance: high }
  - name: An iPhone with the app from the App Store
    device: iphone-ios27
    with: { app.environment: ${environments[0] ?? 'production'}, app.category: ${categories[0] ?? 'app_store'} }
    expect: { tier: affirming, assurance: substantial }
  - name: An emulator
    device: emulator
    expect: { tier: contraindicated }
  - name: A device that was banned, and the app installed again
    device: iphone-ios27
    with: { history.banMark: true, app.environment: ${environments[0] ?? 'production'}, app.category: ${categories[0] ?? 'app_store'} }
    expect: { tier: contraindicated, reasons: [policy.device_marked] }
  - name: A phone whose bootloader was unlocked
    device: android-tee
    with: { device.locked: false, device.bootState: unverified }
    expect: { tier: contraindicated, reasons: [policy.bootloader_unlocked, policy.boot_not_verified] }
`;
}

/** The strict policy on terms of the caller. */
export function strictPolicy(terms: LaunchTerms = {}): Policy {
  return parsePolicy(strictSource(terms), { version: 1 });
}

/** The policy for production. */
export const STRICT_POLICY: Policy = strictPolicy();

/** The same for issuers of kind `development` or `staging`: builds from a developer's machine pass too. */
export const STRICT_DEVELOPMENT_POLICY: Policy = strictPolicy({
  name: 'strict-development',
  environments: ['production', 'development'],
  categories: ['testflight', 'app_store', 'development'],
});
