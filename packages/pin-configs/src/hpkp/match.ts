import { comparable, isBeneath } from '../match/names.ts';
import type { Connection, Outcome } from '../match/outcome.ts';
import type { PublicKeyPins } from './header.ts';

/** Pins that a user agent keeps for a host. */
export interface NotedPins {
  readonly host: string;
  readonly header: PublicKeyPins;
  /** Epoch milliseconds at which the header was last received. */
  readonly notedAt: number;
}

/**
 * Would a user agent keep the pins of a header that came over this path? One pin must be in it, and one must not: the backup
 * (RFC 7469 2.5). A `max-age` of 0 forgets the host instead.
 */
export function isNoted({ pins, maxAge }: PublicKeyPins, path: readonly string[]): boolean {
  return maxAge > 0 && pins.some((pin) => path.includes(pin)) && pins.some((pin) => !path.includes(pin));
}

/**
 * Would a user agent that noted these pins connect (RFC 7469 2.6)? The entry of the host itself counts before those of its
 * parents; pins do not hold for an anchor that a user added, as user agents did and the RFC allows.
 */
export function matchPublicKeyPins(noted: readonly NotedPins[], connection: Connection): Outcome {
  if (connection.path.length === 0)
    return outcome('refused', 'untrusted', 'no path to a trusted certificate was found');
  const entry = entryFor(noted, connection);
  if (entry === undefined) return outcome('connects', 'unpinned', `no pins in force are noted for ${connection.host}`);
  if (connection.anchor === 'user') return outcome('connects', 'overridden', 'a user added the anchor of the path');
  return entry.header.pins.some((pin) => connection.path.includes(pin))
    ? outcome('connects', 'pin_matched', `a pin noted for ${entry.host} is in the path`)
    : outcome('refused', 'no_pin_matched', `no pin noted for ${entry.host} is in the path`);
}

function entryFor(noted: readonly NotedPins[], { host, at }: Connection): NotedPins | undefined {
  const name = comparable(host);
  const inForce = noted.filter(({ header, notedAt }) => at < notedAt + header.maxAge * 1000);
  const covering = inForce.filter((entry) => {
    const own = comparable(entry.host);
    return own === name || (entry.header.includeSubdomains && isBeneath(name, own));
  });
  return covering.toSorted((a, b) => comparable(b.host).length - comparable(a.host).length)[0];
}

const outcome = (answer: Outcome['answer'], because: Outcome['because'], text: string): Outcome => ({
  answer,
  because,
  trace: [{ text }],
});
