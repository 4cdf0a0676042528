import type { Document, Project } from '../../../project.ts';
import type { StackUse } from '../../../stack/stack.ts';
import type { SeenHost } from './seen.ts';
import { ships } from './weight.ts';

/** What belongs together: the documents of one built app, or all sources. Only what may ship is in it. */
export type App = readonly Document[];

export function appsOf({ documents }: Project): readonly App[] {
  return groupsOf(documents.filter(ships), ({ app = '' }) => app);
}

/** Items with the same key, in the order in which the keys first come. */
export function groupsOf<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** The hosts that an app pins in its releases. */
export const pinnedBy = (app: App): readonly SeenHost[] =>
  app.flatMap((document) => document.pinned.filter(({ release }) => release).map((host) => ({ document, host })));

/** The stacks that an app carries, each by its first evidence. */
export function stacksOf(app: App): ReadonlyMap<string, StackUse> {
  const all = app.flatMap((document) => ('stacks' in document ? document.stacks : []));
  return new Map(all.toReversed().map((use) => [use.stack, use]));
}
