import type { Format } from '../../pinned-host.ts';
import type { Rule, Severity } from '../rule.ts';
import { replacing, withFix } from './support/edit.ts';
import {
  ats,
  atsDomain,
  domainConfig,
  KEY_1,
  KEY_2,
  nsc,
  pinnedDomains,
  pinSet,
  trustKit,
} from './support/examples.ts';
import { namesOf } from './support/names.ts';
import { weight } from './support/weight.ts';

interface Untidiness {
  readonly found: string;
  readonly shape: RegExp;
  readonly severity: Severity;
  /** Absent: nobody but the author can tell what was meant. */
  readonly tidy?: (text: string) => string;
}

const UNTIDY: readonly Untidiness[] = [
  { found: 'white space', shape: /^\s|\s$/, severity: 'warning', tidy: (text) => text.trim() },
  { found: 'white space', shape: /\s/, severity: 'warning' },
  { found: 'a dot at its end', shape: /\.$/, severity: 'warning', tidy: (text) => text.slice(0, -1) },
  { found: 'characters beyond ASCII', shape: /[^\x20-\x7e\s]/, severity: 'warning' },
  { found: 'capital letters', shape: /[A-Z]/, severity: 'info', tidy: (text) => text.toLowerCase() },
];

/** OkHttp makes one spelling out of all of them itself; lists and code may do so. */
const COMPARED_AS_WRITTEN: ReadonlySet<Format> = new Set<Format>([
  'nsc',
  'ats',
  'trustkit-ios',
  'trustkit-android',
  'harmony',
  'react-native',
  'hpkp',
]);

/** H003: a name in another spelling than hosts have. */
export const rule: Rule = {
  id: 'H003',
  name: 'untidy-name',
  severity: 'warning',
  summary: 'A host name has white space, a dot at its end, capital letters or characters beyond ASCII.',
  why: 'Platforms differ in what they forgive: Android before 8 keeps white space, so that the name matches nothing; a dot at the end and names that are not in their ASCII form (xn--) match nothing on most.',
  attacker: 'where the platform does not forgive it: any certificate that the device trusts passes',
  lockout: 'nobody',
  fix: 'Write the name as DNS has it: lower case, ASCII, nothing around it. `--fix` does so except for names beyond ASCII.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nsc(domainConfig('<domain>  example.com\n</domain>', pinSet([KEY_1, KEY_2]))),
    nsc(domainConfig('<domain>bücher.example</domain>')),
    ats(pinnedDomains(atsDomain('example.com.', { ca: [KEY_1, KEY_2] }))),
    trustKit([KEY_1, KEY_2], '', 'Example.com'),
  ],
  passes: [
    nsc(domainConfig('<domain>example.com</domain>', pinSet([KEY_1, KEY_2]))),
    ats(pinnedDomains(atsDomain('xn--bcher-kva.example', { ca: [KEY_1, KEY_2] }))),
  ],
  *check(project) {
    for (const { document, name, format, release } of namesOf(project)) {
      const untidy = COMPARED_AS_WRITTEN.has(format) ? UNTIDY.find(({ shape }) => shape.test(name.text)) : undefined;
      if (untidy === undefined) continue;
      const fix = untidy.tidy === undefined ? undefined : replacing(document, name, untidy.tidy(name.text));
      yield {
        message: `expected a host name as DNS has it, found one with ${untidy.found}`,
        place: name.place,
        host: name.text.trim(),
        ...weight(release, untidy.severity),
        ...withFix(fix),
      };
    }
  },
};
