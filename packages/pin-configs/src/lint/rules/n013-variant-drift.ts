import { groupBy } from '../../group.ts';
import { comparable } from '../../match/names.ts';
import type { NscDocument } from '../../project.ts';
import type { Rule } from '../rule.ts';
import { domainConfig, KEY_1, KEY_2, KEY_3, nsc, pinSet } from './support/examples.ts';
import { nscDocuments } from './support/nsc.ts';
import { keysOf } from './support/pins.ts';
import { ships } from './support/weight.ts';

const MAIN = 'app/src/main/res/xml/network_security_config.xml';
const RELEASE = 'app/src/release/res/xml/network_security_config.xml';
const pinned = (pins: readonly string[]): string => domainConfig('<domain>example.com</domain>', pinSet(pins));

/** N013: the build that users run has other pins. */
export const rule: Rule = {
  id: 'N013',
  name: 'variant-drift',
  severity: 'warning',
  summary: 'Files of the same name for several release variants have different pins.',
  why: 'The file of a variant replaces that of src/main as a whole. Pins that stand in one of them alone are not in the apps that are built with the other.',
  attacker: 'in the variant without the pins: any certificate that the device trusts passes',
  lockout: 'users of the variant whose pins were forgotten at the last rotation',
  fix: 'State the pins of all variants from one source.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    [...nsc(pinned([KEY_1, KEY_2]), MAIN), ...nsc('', RELEASE)],
    [...nsc(pinned([KEY_1, KEY_2]), MAIN), ...nsc(pinned([KEY_1, KEY_3]), RELEASE)],
  ],
  passes: [
    [...nsc(pinned([KEY_1, KEY_2]), MAIN), ...nsc(pinned([KEY_2, KEY_1]), RELEASE)],
    [...nsc(pinned([KEY_1, KEY_2]), MAIN), ...nsc('', RELEASE.replace('release', 'debug'))],
    [...nsc(pinned([KEY_1, KEY_2]), MAIN), ...nsc('', RELEASE.replace('app', 'library'))],
  ],
  *check(project) {
    const documents = nscDocuments(project).filter((document) => ships(document) && document.origin === 'source');
    const variants = groupBy(documents, ({ file }) => setless(file));
    for (const document of documents) {
      const others = variants.get(setless(document.file)) ?? [];
      const other = others.find((each) => each !== document && lacks(document, each));
      if (other === undefined) continue;
      const hosts = missing(document, other).join(', ');
      yield {
        message: `expected the pins that ${other.file} has for ${hosts}, found others or none`,
        place: { file: document.file, line: 1, column: 1 },
      };
    }
  },
};

/** The path without its source set: `app/src/*` and what follows. */
const setless = (file: string): string => file.replace(/(^|\/)src\/[^/]+\//, '$1src/*/');

const lacks = (document: NscDocument, other: NscDocument): boolean => missing(document, other).length > 0;

function missing({ pinned: own }: NscDocument, { pinned: theirs }: NscDocument): readonly string[] {
  return theirs
    .filter((host) => !own.some((each) => isSame(each.host.text, host.host.text) && keys(each) === keys(host)))
    .map(({ host }) => host.text.trim());
}

const isSame = (a: string, b: string): boolean => comparable(a.trim()) === comparable(b.trim());

const keys = (host: NscDocument['pinned'][number]): string => [...keysOf(host)].sort().join();
