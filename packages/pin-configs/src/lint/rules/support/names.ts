import type { NscDomainConfig } from '../../../android/nsc.ts';
import type { Format, PinnedHost, Spelled } from '../../../pinned-host.ts';
import type { Document, Project } from '../../../project.ts';
import { ships } from './weight.ts';

/** A host name as a configuration writes it. */
export interface SeenName {
  readonly document: Document;
  readonly name: Spelled;
  readonly format: Format;
  readonly release: boolean;
  /** Absent for a name that only other settings hang on. */
  readonly pinned?: PinnedHost;
}

/** Every host name once: those with pins, and those of Android's domains without. */
export function* namesOf({ documents }: Project): Iterable<SeenName> {
  for (const document of documents) {
    const seen = new Set<Spelled>();
    for (const pinned of document.pinned) {
      if (seen.has(pinned.host)) continue;
      seen.add(pinned.host);
      yield { document, name: pinned.host, format: pinned.format, release: pinned.release, pinned };
    }
    if (document.kind !== 'nsc') continue;
    for (const { name } of document.config.domains.flatMap(domainsIn)) {
      if (!seen.has(name)) yield { document, name, format: 'nsc', release: ships(document) };
    }
  }
}

export const domainsIn = ({ domains, nested }: NscDomainConfig): readonly NscDomainConfig['domains'][number][] => [
  ...domains,
  ...nested.flatMap(domainsIn),
];
