import { readBoolean } from '../../android/values.ts';
import type { Rule } from '../rule.ts';
import { nsc } from './support/examples.ts';
import { nscDocuments, scopesOf, titleOf } from './support/nsc.ts';
import { ships, weight } from './support/weight.ts';

const overriding = (element: string): string =>
  `  <${element}>\n    <trust-anchors>\n      <certificates src="system" overridePins="true"/>\n    </trust-anchors>\n  </${element}>`;

/** N002: pins do not hold. */
export const rule: Rule = {
  id: 'N002',
  name: 'override-pins',
  severity: 'error',
  summary: 'Certificates override pins in release builds.',
  why: 'A chain that ends in such a certificate is not compared with pins at all (AOSP NetworkSecurityTrustManager). With the system store this switches pinning off.',
  attacker: 'any certificate of these authorities passes, pinned host or not',
  lockout: 'nobody',
  fix: 'Remove overridePins, or move the certificates into debug-overrides, where it is the default.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [nsc(overriding('base-config'))],
  passes: [nsc(overriding('debug-overrides')), nsc(overriding('base-config').replace('true', 'false'))],
  *check(project) {
    for (const document of nscDocuments(project)) {
      for (const scope of scopesOf(document.config)) {
        for (const { overridePins, src } of scope.anchors ?? []) {
          if (overridePins === undefined || readBoolean(overridePins.text) !== true) continue;
          yield {
            message: `expected pins to hold for src="${src.text}" in ${titleOf(scope)}, found overridePins="${overridePins.text}"`,
            place: overridePins.place,
            ...weight(ships(document)),
          };
        }
      }
    }
  },
};
