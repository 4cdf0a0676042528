import { RequestError } from '@assay/core';
import type { ArtifactEntries } from '@assay/pin-configs';

/** An archive in memory. */
export function entriesOf(
  members: Readonly<Record<string, string | Uint8Array>>,
  before: Uint8Array = new Uint8Array(),
  refused: ArtifactEntries['refused'] = [],
): ArtifactEntries {
  const all = new Map(
    Object.entries(members).map(([name, content]) => [
      name,
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    ]),
  );
  return {
    refused,
    names: () => [...all.keys()],
    size: (name) => all.get(name)?.length ?? 0,
    read: async (name, maxBytes) => {
      const bytes = all.get(name);
      if (bytes === undefined || bytes.length > maxBytes) throw new RequestError('cli.archive_refused', 'not read');
      return bytes;
    },
    readBeforeDirectory: async (length) => before.slice(-length),
  };
}
