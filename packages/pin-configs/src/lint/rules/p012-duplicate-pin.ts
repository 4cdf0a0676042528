import type { PinnedHost, Spelled } from '../../pinned-host.ts';
import type { Document } from '../../project.ts';
import type { Rule, TextEdit } from '../rule.ts';
import { editAt, rangeOf } from './support/edit.ts';
import {
  ats,
  atsDomain,
  harmonyPins,
  KEY_1,
  KEY_2,
  KEY_3,
  nscPins,
  pinnedDomains,
  trustKit,
} from './support/examples.ts';
import { identityOf } from './support/pins.ts';
import { hostsOf } from './support/seen.ts';
import { weight } from './support/weight.ts';

/** P012: a pin is there twice. */
export const rule: Rule = {
  id: 'P012',
  name: 'duplicate-pin',
  severity: 'warning',
  summary: 'A host has the same pin twice.',
  why: 'Two equal pins look like a pin and its backup and are one. TrustKit counts them once.',
  attacker: 'nothing',
  lockout: 'everybody once the key changes, when the copy was meant to be the backup',
  fix: 'Remove the copy, and add the pin of another key if it stood for the backup; `--fix` removes it.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1, KEY_2, KEY_1]),
    trustKit([KEY_1, KEY_2, KEY_2]),
    ats(pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_1] }))),
    harmonyPins([KEY_1, KEY_1]),
  ],
  passes: [
    nscPins([KEY_1, KEY_2, KEY_3]),
    // One list for leaves and one for authorities: a key may be in both.
    ats(pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_2], leaf: [KEY_1, KEY_3] }))),
  ],
  *check(project) {
    const seen = new Set<Spelled>();
    const lists = new Set<PinnedHost['pins']>();
    for (const { document, host } of hostsOf(project)) {
      if (lists.has(host.pins)) continue;
      lists.add(host.pins);
      for (const copy of copiesIn(host)) {
        if (seen.has(copy)) continue;
        seen.add(copy);
        const fix = removing(document, copy);
        yield {
          message: 'expected the pin of another key, found the same pin again',
          place: copy.place,
          host: host.host.text,
          ...weight(host.release),
          ...(fix === undefined ? {} : { fix }),
        };
      }
    }
  },
};

function copiesIn(host: PinnedHost): readonly Spelled[] {
  const seen = new Set<string>();
  return host.pins.filter((spelled) => {
    const identity = identityOf(host, spelled);
    const isCopy = identity !== '' && seen.has(identity);
    seen.add(identity);
    return isCopy;
  });
}

/** How far from a pin its tags are looked for, with the white space around them. */
const LONGEST_TAG = 200;

/** Takes out a `<pin>` or an array's `<string>` with its line; other forms hold a pin in more than one element. */
function removing(document: Document, { place }: Spelled): TextEdit | undefined {
  const range = rangeOf(document, place);
  if (range === undefined || document.text === undefined) return undefined;
  const from = Math.max(0, range.start - LONGEST_TAG);
  const head = document.text.slice(from, range.start);
  const before = /\s*<(pin|string)\b[^<>]*>\s*$/.exec(head);
  const after = /^\s*<\/(pin|string)>/.exec(document.text.slice(range.end, range.end + LONGEST_TAG));
  const isValueOfKey = before !== null && head.slice(0, before.index).endsWith('</key>');
  if (before === null || after === null || before[1] !== after[1] || isValueOfKey) return undefined;
  return editAt(document, { start: from + before.index, end: range.end + after[0].length }, '');
}
