import { toBase64url } from '@assay/formats';
import { assertThreshold, parseEnvelope } from './envelope.ts';
import { refused } from './fault.ts';
import type { PinCrypto } from './keys.ts';
import { type PinSet, parsePinSet } from './pin-set.ts';
import type { RootDocument } from './root.ts';
import { assertMine } from './walk.ts';

/** What an app remembers of the set it holds. */
export interface StoredPinSet {
  readonly epoch: number;
  readonly v: number;
  /** base64url SHA-256 of the payload. */
  readonly hash: string;
}

export interface PinSetContext extends PinCrypto {
  readonly app: string;
  readonly env: string;
  /** The newest set that was accepted before; the one built into the app at first. */
  readonly stored?: StoredPinSet;
  /** Milliseconds since the epoch, from signed objects or the device, whichever is later; never from an HTTP header. */
  readonly now: number;
  /**
   * What expiry is judged by, when it is not `now`: the milliseconds that documents of the root and pins roles vouch for.
   * An online key that says a time far ahead ends no set by it.
   */
  readonly provenNow?: number;
}

export interface VerifiedPinSet {
  readonly set: PinSet;
  readonly hash: string;
  /** Whether it is newer than the stored one; a repeated set changes nothing. */
  readonly isNewer: boolean;
}

/**
 * Proves that a pin set may replace the stored one. It authenticates itself, so it may come from anywhere, over any
 * connection. When this throws, the app keeps the set it has, whose own `on_expiry` says what to do after its time.
 *
 * @throws RequestError `pins.threshold_not_met`, `pins.wrong_app`, `pins.epoch_mismatch`, `pins.rollback`,
 * `pins.equivocation` (the last two are to be reported), `pins.set_not_yet_valid`, `pins.set_expired`, `pins.too_large`,
 * `pins.document_malformed`, or a format's code.
 */
export async function verifyPinSet(wire: string, root: RootDocument, context: PinSetContext): Promise<VerifiedPinSet> {
  const envelope = parseEnvelope(wire, 'assay-pins+jws');
  assertMine(root, context);
  await assertThreshold(envelope, root.roles.pins, context);
  const set = parsePinSet(envelope.payload);
  assertMine(set, context);
  if (set.epoch !== root.epoch) {
    throw refused('pins.epoch_mismatch', 'the pin set belongs to another epoch', `${root.epoch}`, `${set.epoch}`);
  }
  const hash = toBase64url(await context.sha256(envelope.payload));
  const isNewer = assertOrder(set, hash, context.stored);
  assertTimes(set, context);
  return { set, hash, isNewer };
}

/** Never back; and one (epoch, version) has one content for everybody. */
function assertOrder(set: PinSet, hash: string, stored: StoredPinSet | undefined): boolean {
  if (stored === undefined) return true;
  const distance = set.epoch - stored.epoch || set.v - stored.v;
  const [expected, found] = [`${stored.epoch}.${stored.v}`, `${set.epoch}.${set.v}`];
  if (distance < 0) throw refused('pins.rollback', 'the pin set is older than the stored one', expected, found);
  if (distance === 0 && hash !== stored.hash) {
    throw refused('pins.equivocation', 'the pin set differs from the stored one of the same version', expected, found);
  }
  return distance > 0;
}

function assertTimes(set: PinSet, { now, provenNow = now }: PinSetContext): void {
  if (now < set.nbf * 1000) throw refused('pins.set_not_yet_valid', 'the pin set is not valid yet');
  if (provenNow >= set.exp * 1000) throw refused('pins.set_expired', 'the pin set is past its expiry');
}
