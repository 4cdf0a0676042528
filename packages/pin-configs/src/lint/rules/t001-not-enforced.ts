import type { Rule } from '../rule.ts';
import { trustKitDomainsOf } from './support/apple.ts';
import { domainConfig, KEY_1, KEY_2, nsc, pinSet, trustKit } from './support/examples.ts';
import { code } from './support/fact-rule.ts';
import { androidTrustKitsOf } from './support/trustkit-android.ts';

const OFF = '<key>TSKEnforcePinning</key>\n<false/>';
const android = (attributes: string) =>
  nsc(domainConfig('<domain>example.com</domain>', `${pinSet([KEY_1, KEY_2])}    <trustkit-config${attributes}/>\n`));
const swift = (enforce: boolean) =>
  code(
    'App/Pins.swift',
    'let config: [String: Any] = [kTSKPinnedDomains: ["example.com": [',
    `  kTSKEnforcePinning: ${enforce}, kTSKPublicKeyHashes: ["${KEY_1}", "${KEY_2}"]]]]`,
  );

/** T001: TrustKit counts mismatches and lets them pass. */
export const rule: Rule = {
  id: 'T001',
  name: 'not-enforced',
  severity: 'error',
  summary: 'TrustKit reports mismatches and does not stop them.',
  why: 'TSKEnforcePinning is YES by default on iOS; enforcePinning is false by default on Android, where the platform enforces the pin-set from API 24 on whatever TrustKit is told.',
  attacker: 'intercepts; a report may tell of it',
  lockout: 'nobody',
  fix: 'Turn enforcement on when the reports are quiet.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [trustKit([KEY_1, KEY_2], OFF), swift(false), android(''), android(' enforcePinning="false"')],
  passes: [
    trustKit([KEY_1, KEY_2]),
    trustKit([KEY_1, KEY_2], OFF.replace('false', 'true')),
    swift(true),
    android(' enforcePinning="true"'),
  ],
  *check(project) {
    for (const { enforce, host, place, weight } of trustKitDomainsOf(project)) {
      if (enforce !== false) continue;
      yield {
        message: 'expected TSKEnforcePinning YES, found NO: pins are only reported',
        place,
        host: host.text,
        ...weight,
      };
    }
    for (const { own, enforcePinning, hasPins, weight } of androidTrustKitsOf(project)) {
      if (!hasPins || enforcePinning?.text.toLowerCase() === 'true') continue;
      const found = enforcePinning === undefined ? 'the default, false' : enforcePinning.text;
      const message = `expected enforcePinning="true", found ${found}: TrustKit only reports, before API 24 nobody enforces`;
      yield { message, place: own.place, severity: 'warning', ...weight };
    }
  },
};
