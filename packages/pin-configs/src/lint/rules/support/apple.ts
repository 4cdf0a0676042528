import type { AtsConfig, AtsPinnedDomain } from '../../../apple/ats.ts';
import type { TrustKitConfig, TrustKitDomain } from '../../../apple/trustkit.ts';
import type { Document, PlistDocument, Project } from '../../../project.ts';
import type { ExampleFile } from '../../rule.ts';
import { ships } from './weight.ts';

export interface SeenAts {
  readonly document: PlistDocument;
  readonly ats: AtsConfig;
}

/** Every App Transport Security dictionary, with whether it may ship. */
export function* atsOf({ documents }: Project): Iterable<SeenAts> {
  for (const document of documents) {
    if (document.kind === 'plist' && document.ats !== undefined) yield { document, ats: document.ats };
  }
}

export interface SeenAtsDomain {
  readonly document: PlistDocument;
  readonly domain: AtsPinnedDomain;
}

export function* atsDomainsOf(project: Project): Iterable<SeenAtsDomain> {
  for (const { document, ats } of atsOf(project)) {
    for (const domain of ats.pinnedDomains) yield { document, domain };
  }
}

/** TrustKit's dictionaries that may ship, in property lists and in code. */
export function* trustKitsOf({
  documents,
}: Project): Iterable<{ readonly document: Document; readonly config: TrustKitConfig }> {
  for (const document of documents) {
    if (ships(document) && 'trustKit' in document && document.trustKit !== undefined) {
      yield { document, config: document.trustKit };
    }
  }
}

/** Domains of TrustKit that have a policy of their own. */
export function* trustKitDomainsOf(project: Project): Iterable<TrustKitDomain> {
  for (const { config } of trustKitsOf(project)) {
    yield* config.domains.filter(({ excludedFromParent }) => excludedFromParent !== true);
  }
}

/** A property list with some entries. */
export const plist = (path: string, inner: string): readonly ExampleFile[] => [
  {
    path,
    text: `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n${inner}\n</dict>\n</plist>\n`,
  },
];
