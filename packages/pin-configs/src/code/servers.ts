import type { Spelled } from '../pinned-host.ts';
import type { Source } from './source.ts';

/** An address with a name in it, and not with a number. */
const ADDRESS = /^(?:https|wss):\/\/((?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]*[a-z])(?=[/:?#]|$)/i;

/** Hosts of the `https:` addresses that a source's strings begin with, each once. */
export function serversIn({ tokens, placer }: Source): readonly Spelled[] {
  const found = new Map<string, Spelled>();
  for (const { kind, text, start, end } of tokens) {
    if (kind !== 'string' && kind !== 'template') continue;
    const host = ADDRESS.exec(text)?.[1]?.toLowerCase();
    if (host !== undefined && !found.has(host)) found.set(host, { text: host, place: placer.at(start, end) });
  }
  return [...found.values()];
}
