import type { AtsConfig, AtsPinnedDomain } from '../../../apple/ats.ts';
import type { TrustKitConfig, TrustKitDomain } from '../../../apple/trustkit.ts';
import type { Document, PlistDocument, Project } from '../../../project.ts';
import type { ExampleFile } from '../../rule.ts';
import { ships, weight } from './weight.ts';

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

export interface SeenTrustKit {
  readonly document: Document;
  readonly config: TrustKitConfig;
  /** What its findings weigh: only what may ship weighs in full. */
  readonly weight: ReturnType<typeof weight>;
}

/** TrustKit's dictionaries, in property lists and in code. */
export function* trustKitsOf({ documents }: Project): Iterable<SeenTrustKit> {
  for (const document of documents) {
    if (!('trustKit' in document) || document.trustKit === undefined) continue;
    yield { document, config: document.trustKit, weight: weight(ships(document)) };
  }
}

/** Domains of TrustKit that have a policy of their own. */
export function* trustKitDomainsOf(project: Project): Iterable<TrustKitDomain & Pick<SeenTrustKit, 'weight'>> {
  for (const { config, weight: own } of trustKitsOf(project)) {
    for (const domain of config.domains) if (domain.excludedFromParent !== true) yield { ...domain, weight: own };
  }
}

/** A property list with some entries. */
export const plist = (path: string, inner: string): readonly ExampleFile[] => [
  {
    path,
    text: `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n${inner}\n</dict>\n</plist>\n`,
  },
];
