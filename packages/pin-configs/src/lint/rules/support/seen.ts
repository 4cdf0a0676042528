import type { PinnedHost } from '../../../pinned-host.ts';
import type { Document, Project } from '../../../project.ts';

/** A host with pins and the document that states it. */
export interface SeenHost {
  readonly document: Document;
  readonly host: PinnedHost;
}

/** Every host with pins, in the order of the documents. */
export function* hostsOf({ documents }: Project): Iterable<SeenHost> {
  for (const document of documents) {
    for (const host of document.pinned) yield { document, host };
  }
}

/** The same, and hosts of which not every pin is known. */
export function* hostsInPart({ documents }: Project): Iterable<SeenHost> {
  for (const document of documents) {
    const partly = document.kind === 'code' ? (document.partly ?? []) : [];
    for (const host of [...document.pinned, ...partly]) yield { document, host };
  }
}
