import { groupBy } from '../../group.ts';
import { comparable } from '../../match/names.ts';
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
  /** False: nobody but the author can tell what was meant. */
  readonly isPlain: boolean;
}

const UNTIDY: readonly Untidiness[] = [
  { found: 'white space', shape: /^\s|\s$/, severity: 'warning', isPlain: true },
  { found: 'white space', shape: /\s/, severity: 'warning', isPlain: false },
  { found: 'a dot at its end', shape: /\.$/, severity: 'warning', isPlain: true },
  { found: 'characters beyond ASCII', shape: /[^\x20-\x7e\s]/, severity: 'warning', isPlain: false },
  { found: 'capital letters', shape: /[A-Z]/, severity: 'info', isPlain: true },
];

const tidy = (name: string): string => comparable(name.trim());

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
  why: 'Platforms differ in what they forgive: Android before 8 keeps white space, so that the name matches nothing; a dot at the end and names that are not in their ASCII form (xn--) match nothing on most. TrustKit compares capital letters too, so that such a host is not pinned.',
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
    const names = [...namesOf(project)].filter(({ format }) => COMPARED_AS_WRITTEN.has(format));
    const spellings = groupBy(names, ({ document, name }) => `${document.file}\n${tidy(name.text)}`);
    for (const { document, name, format, release } of names) {
      const untidy = UNTIDY.find(({ shape }) => shape.test(name.text));
      if (untidy === undefined) continue;
      // Another entry may have the tidy name already, and twice the same is an error.
      const isOnly = spellings.get(`${document.file}\n${tidy(name.text)}`)?.length === 1;
      const fix = untidy.isPlain && isOnly ? replacing(document, name, tidy(name.text)) : undefined;
      const severity = format === 'trustkit-ios' ? 'warning' : untidy.severity;
      yield {
        message: `expected a host name as DNS has it, found one with ${untidy.found}`,
        place: name.place,
        host: name.text.trim(),
        ...weight(release, severity),
        ...withFix(fix),
      };
    }
  },
};
