import { comparable } from '../match/names.ts';
import type { Connection, Outcome, Step } from '../match/outcome.ts';
import type { AtsConfig, AtsIdentity, AtsPinnedDomain } from './ats.ts';
import { canonicalBase64 } from './base64.ts';

/**
 * Would a connection through URLSession pass `NSPinnedDomains`? Every entry that covers the host adds its pins; leaf pins are
 * compared with the leaf, CA pins with every other certificate of the path, and where both are listed both must match
 * (Security, SecPolicyServer.c).
 */
export function matchAts({ pinnedDomains }: AtsConfig, { host, path }: Connection): Outcome {
  if (path.length === 0) return { answer: 'refused', because: 'untrusted', trace: [{ text: 'no path validates' }] };
  const covering = pinnedDomains.filter((domain) => covers(domain, comparable(host)));
  const trace: Step[] = covering.map(({ host: { text }, place }) => ({ text: `${text} covers ${host}`, place }));
  const lists = [
    listOf('NSPinnedLeafIdentities', covering, ({ leaf }) => leaf, path.slice(0, 1)),
    listOf('NSPinnedCAIdentities', covering, ({ ca }) => ca, path.slice(1)),
  ].filter((list) => list !== undefined);
  if (lists.length === 0) {
    return {
      answer: 'connects',
      because: 'unpinned',
      trace: [...trace, { text: 'no list of pins holds for this host' }],
    };
  }
  const failed = lists.find(({ matched }) => !matched);
  const steps = [...trace, ...lists.map(({ step }) => step)];
  if (failed === undefined) return { answer: 'connects', because: 'pin_matched', trace: steps };
  return { answer: 'refused', because: failed.usable === 0 ? 'no_usable_pin' : 'no_pin_matched', trace: steps };
}

/** With `NSIncludesSubdomains` the platform drops the first label of the host and compares again: one label deep, no more. */
function covers({ host, includesSubdomains }: AtsPinnedDomain, name: string): boolean {
  const own = comparable(host.text);
  return own === name || (includesSubdomains?.value === true && own === name.slice(name.indexOf('.') + 1));
}

interface List {
  readonly matched: boolean;
  readonly usable: number;
  readonly step: Step;
}

function listOf(
  name: string,
  covering: readonly AtsPinnedDomain[],
  identitiesOf: (domain: AtsPinnedDomain) => readonly AtsIdentity[] | undefined,
  certificates: readonly string[],
): List | undefined {
  const identities = covering.map(identitiesOf).filter((list) => list !== undefined);
  if (identities.length === 0) return undefined;
  const usable = identities.flat().filter((identity) => identity.usable);
  const hit = usable.find(({ value }) => certificates.includes(canonicalBase64(value.text)));
  if (hit !== undefined)
    return { matched: true, usable: usable.length, step: { text: `${name}: a pin matches`, place: hit.value.place } };
  const text =
    usable.length === 0 ? 'no item can be used, so nothing can match' : `none of ${usable.length} pins matches`;
  return { matched: false, usable: usable.length, step: { text: `${name}: ${text}` } };
}
