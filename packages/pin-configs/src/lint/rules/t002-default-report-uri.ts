import type { Rule } from '../rule.ts';
import { trustKitDomainsOf } from './support/apple.ts';
import { domainConfig, KEY_1, KEY_2, nsc, pinSet, trustKit } from './support/examples.ts';
import { androidTrustKitsOf } from './support/trustkit-android.ts';

const DISABLED = '<key>TSKDisableDefaultReportUri</key>\n<true/>';
const android = (attributes: string) =>
  nsc(
    domainConfig(
      '<domain>example.com</domain>',
      `${pinSet([KEY_1, KEY_2])}    <trustkit-config enforcePinning="true"${attributes}/>\n`,
    ),
  );

/** T002: reports go to the maker of the library. */
export const rule: Rule = {
  id: 'T002',
  name: 'default-report-uri',
  severity: 'warning',
  summary: 'TrustKit sends its reports to its maker.',
  why: 'Unless the default address is disabled, every failure is sent to overmind.datatheorem.com: host, app, version, a device identifier on iOS, and the chain that was met.',
  attacker: 'nothing',
  lockout: 'nobody',
  fix: 'Set TSKDisableDefaultReportUri to YES (Android: disableDefaultReportUri="true") and name an address of your own.',
  masvs: 'MASVS-PRIVACY-1',
  maswe: 'MASWE-0108',
  fires: [trustKit([KEY_1, KEY_2]), android('')],
  passes: [trustKit([KEY_1, KEY_2], DISABLED), android(' disableDefaultReportUri="true"')],
  *check(project) {
    for (const { disableDefaultReportUri, host, place, weight } of trustKitDomainsOf(project)) {
      if (disableDefaultReportUri === true) continue;
      yield {
        message: 'expected TSKDisableDefaultReportUri YES, found the default address in use',
        place,
        host: host.text,
        ...weight,
      };
    }
    for (const { own, disableDefaultReportUri, weight } of androidTrustKitsOf(project)) {
      if (disableDefaultReportUri?.text === 'true') continue;
      yield {
        message: 'expected disableDefaultReportUri="true", found the default address in use',
        place: own.place,
        ...weight,
      };
    }
  },
};
