import { ASSURANCES, type Assurance } from '@assay/core';

/** One format of evidence, as CLI, console and documentation speak of it. */
export interface FormatRow {
  /** Its one name: in facts (`evidence`, `by`), of the instances that it enrols, and in records. */
  readonly format: string;
  /** Roles that pieces of it have in statements. */
  readonly roles: readonly string[];
  readonly title: string;
  /**
   * `genuine`: evidence of real devices or services is among the tests. `synthetic`: none could be found in public, so what
   * the code was tested with was made after the vendor's documents.
   */
  readonly samples: 'genuine' | 'synthetic';
  /** The highest assurance of a verdict that rests on this format alone, whatever its policy says. `high` leaves it to the policy. */
  readonly ceiling: Assurance;
  readonly note: string;
}

/** Every format that the product verifies; an operator's own come beside them. */
export const FORMATS: readonly FormatRow[] = [
  {
    format: 'apple-app-attest',
    roles: ['apple-attest', 'apple-assert'],
    title: 'Apple App Attest',
    samples: 'genuine',
    ceiling: 'high',
    note: 'attestations and assertions of iOS 14 to 27; none of macOS, tvOS, watchOS or visionOS',
  },
  {
    format: 'android-key',
    roles: ['android-key'],
    title: 'Android Key Attestation',
    samples: 'genuine',
    ceiling: 'high',
    note: 'phones of several makers, Android 7 to 17',
  },
  {
    format: 'play-integrity',
    roles: ['play-standard', 'play-classic'],
    title: 'Google Play Integrity',
    samples: 'synthetic',
    ceiling: 'high',
    note: 'no token is public together with its keys; made after the documents and two published payloads',
  },
  {
    format: 'huawei-sysintegrity',
    roles: ['hms'],
    title: 'Huawei Safety Detect SysIntegrity',
    samples: 'synthetic',
    ceiling: 'high',
    note: 'no genuine result is public; the root certificate is genuine',
  },
  {
    format: 'harmony-sysintegrity',
    roles: ['harmony-integrity'],
    title: 'HarmonyOS NEXT Device Security Kit',
    samples: 'synthetic',
    ceiling: 'high',
    note: 'no genuine result is public; the root certificate is genuine',
  },
  {
    format: 'firebase-app-check',
    roles: ['app-check'],
    title: 'Firebase App Check token',
    samples: 'synthetic',
    ceiling: 'low',
    note: 'for a migration: names the app and nothing else, and commits to nothing of ours',
  },
  {
    format: 'apple-device-check',
    roles: ['device-check'],
    title: 'Apple DeviceCheck bits',
    samples: 'synthetic',
    ceiling: 'none',
    note: 'a companion of App Attest; the answers of the service are as its documents have them, and none was seen',
  },
  {
    format: 'web',
    roles: ['web'],
    title: 'Web page with captcha',
    samples: 'synthetic',
    ceiling: 'low',
    note: 'answers of Turnstile, hCaptcha and reCAPTCHA as their documents have them',
  },
  {
    format: 'dev',
    roles: ['dev'],
    title: 'Development grant',
    samples: 'genuine',
    ceiling: 'high',
    note: 'our own form; environments of kind `development` alone',
  },
];

/** Names of formats whose checks no genuine sample has proven: whoever relies on them is to be told. */
export function unprovenFormats(evidence: readonly string[]): readonly string[] {
  return FORMATS.filter(({ format, samples }) => samples === 'synthetic' && evidence.includes(format)).map(
    ({ format }) => format,
  );
}

/**
 * The highest assurance that this evidence together may be given: the best of its formats decides. No evidence is worth
 * nothing, nor is a name that stands for no format; a format of an operator's own is for its policy.
 */
export function assuranceCeiling(evidence: readonly string[]): Assurance {
  const ranks = evidence.map((name) => ASSURANCES.indexOf(ceilingOf(name)));
  return ASSURANCES[Math.max(0, ...ranks)] ?? 'none';
}

function ceilingOf(name: string): Assurance {
  if (name.startsWith('x-')) return 'high';
  return FORMATS.find(({ format }) => format === name)?.ceiling ?? 'none';
}
