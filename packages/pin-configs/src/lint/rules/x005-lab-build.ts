import { LAB_AUTHORITY, LAB_COMMENT, LAB_PIN } from '../../lab/mark.ts';
import { createPlacer, type Place } from '../../place.ts';
import type { Document, NscDocument } from '../../project.ts';
import type { Rule } from '../rule.ts';
import {
  atsCaPins,
  domainConfig,
  harmonyPins,
  KEY_1,
  KEY_2,
  nsc,
  nscPins,
  okHttp,
  pinSet,
  trustKit,
} from './support/examples.ts';
import { code } from './support/fact-rule.ts';
import { scopesOf } from './support/nsc.ts';
import { ships } from './support/weight.ts';

const ANCHOR = `    <trust-anchors>\n      <certificates src="@raw/${LAB_AUTHORITY}"/>\n    </trust-anchors>\n`;
const trusting = domainConfig('<domain>example.com</domain>', ANCHOR + pinSet([KEY_1, KEY_2]));

/** X005: the test authority of a harness in the app of users. */
export const rule: Rule = {
  id: 'X005',
  name: 'lab-build',
  severity: 'error',
  summary: 'A file that goes into the release, or a built app, is the lab variant of `assay pins write --lab`.',
  why: 'It trusts a test authority and pins test keys, whose private halves lie in a folder of a developer. It is known by its mark, a pin that is the digest of no key, which survives compilers and shrinkers; so is a lab that somebody else made.',
  attacker: 'reads and changes all traffic, with the keys of the lab',
  lockout: 'everybody: the keys of the real servers are not among the pins',
  fix: 'Build the release from the files of `assay pins write`, and keep the lab variant in a build of its own (`src/assayLab`, or a folder `assay-lab`).',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    nscPins([KEY_1, LAB_PIN]),
    nsc(trusting, 'app/src/release/res/xml/network_security_config.xml'),
    atsCaPins([KEY_1, LAB_PIN]),
    trustKit([KEY_1, LAB_PIN]),
    okHttp({ 'example.com': [`sha256/${KEY_1}`, `sha256/${LAB_PIN}`] }),
    harmonyPins([KEY_1, LAB_PIN]),
    code('lib/assay_pins.dart', `const pins = {"${LAB_PIN}"};`),
  ],
  passes: [
    nscPins([KEY_1, KEY_2]),
    nsc(trusting, 'app/src/assayLab/res/xml/network_security_config.xml'),
    nsc(trusting.replace(LAB_AUTHORITY, 'company_root')),
    code('pins/assay-lab/flutter-dart/assay_pins.dart', `const pins = {"${LAB_PIN}"};`),
  ],
  *check({ documents }) {
    for (const document of documents.filter(ships)) {
      const mark = markIn(document);
      if (mark === undefined) continue;
      yield {
        message: `expected the configuration of a release, found a lab variant: ${mark.what}`,
        place: mark.place,
      };
    }
  },
};

interface Mark {
  readonly what: string;
  readonly place: Place;
}

/** One for each document: the first that is there. */
function markIn(document: Document): Mark | undefined {
  return (
    pinIn(document) ??
    (document.kind === 'nsc' ? anchorIn(document) : undefined) ??
    ('facts' in document ? document.facts.find(({ kind }) => kind === 'lab_build') : undefined) ??
    commentIn(document)
  );
}

function pinIn({ pinned }: Document): Mark | undefined {
  const pin = pinned.flatMap(({ pins }) => pins).find(({ text }) => text.includes(LAB_PIN));
  return pin && { what: 'the pin that marks it', place: pin.place };
}

function anchorIn({ config }: NscDocument): Mark | undefined {
  const anchors = scopesOf(config).flatMap((scope) => scope.anchors ?? []);
  const anchor = anchors.find(({ src }) => src.text === `@raw/${LAB_AUTHORITY}`);
  return anchor && { what: `the authority @raw/${LAB_AUTHORITY}`, place: anchor.place };
}

function commentIn({ text, file }: Document): Mark | undefined {
  const at = text?.indexOf(LAB_COMMENT) ?? -1;
  if (text === undefined || at === -1) return undefined;
  return { what: 'the comment that marks it', place: createPlacer(file, text).at(at, at + LAB_COMMENT.length) };
}
