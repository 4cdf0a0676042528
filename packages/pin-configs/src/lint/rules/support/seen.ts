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
