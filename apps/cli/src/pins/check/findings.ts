import type { Connection, Document, Format, PinnedHost, Place } from '@assay/pin-configs';
import type { Looked } from '../looked.ts';
import { pathPins } from '../path.ts';
import { type Asked, askMechanisms } from './mechanisms.ts';
import { NEXT, nextForPath } from './next.ts';
import { pasteFor } from './paste.ts';

/**
 * What is wrong, worst first: `breaks` ends connections, `unprotected` lets pins lapse, `fragile` leaves no way out when
 * something happens.
 */
export interface CheckFinding {
  readonly effect: 'breaks' | 'unprotected' | 'fragile';
  readonly reason: 'crashes' | 'refused' | 'pins_end' | 'certificate_ends' | 'one_pin' | 'no_backup' | 'leaf_only';
  readonly host: string;
  /** Addresses that serve the chain that this is about. */
  readonly addresses: readonly string[];
  readonly mechanism: Format | null;
  readonly place: Place | null;
  /** ISO 8601; null for now. */
  readonly when: string | null;
  readonly message: string;
  /** What to write instead, where that is known. */
  readonly paste: string | null;
  /** What to do. */
  readonly next: string;
}

export interface CheckInput {
  readonly documents: readonly Document[];
  readonly host: string;
  readonly looked: Looked;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly withinDays: number;
  readonly targetSdk: number;
}

const DAY_MS = 86_400_000;

/** Everything that is wrong, or will be within the days, about one chain that a host serves. */
export function findingsOf(input: CheckInput): readonly CheckFinding[] {
  const now = askMechanisms(input.documents, connectionOf(input, input.at), input.targetSdk);
  const then = askMechanisms(
    input.documents,
    connectionOf(input, input.at + input.withinDays * DAY_MS),
    input.targetSdk,
  );
  const found = now.flatMap((asked, index) => aboutMechanism(input, asked, then[index]));
  return [...found, ...certificateEnd(input)];
}

/** The path stays as it is now: what is asked of the future is what the clock alone does to the configuration. */
function connectionOf({ host, looked }: CheckInput, at: number): Connection {
  return { host, at, zoneMinutes: 0, build: 'release', path: pathPins(looked.path), anchor: 'system' };
}

type Told = Omit<CheckFinding, 'host' | 'addresses' | 'mechanism' | 'place'>;

function aboutMechanism(input: CheckInput, asked: Asked, then: Asked | undefined): readonly CheckFinding[] {
  const place =
    asked.outcome.trace.findLast((step) => step.place !== undefined)?.place ?? asked.entries[0]?.place ?? null;
  const base = { host: input.host, addresses: input.looked.addresses, mechanism: asked.mechanism, place };
  const told = [...brokenNow(input, asked), ...lapsing(asked, then), ...fragile(input, asked)];
  return told.map((each) => ({ ...base, ...each }));
}

function brokenNow({ looked }: CheckInput, { outcome, mechanism, entries }: Asked): readonly Told[] {
  if (outcome.answer === 'connects') return [];
  const untrusted = looked.path.valid ? '' : `; the path itself does not hold (${looked.path.code})`;
  const crashes = outcome.answer === 'crashes';
  const message = crashes
    ? 'apps with this configuration crash, or none of their connections work'
    : `apps refuse to connect: ${outcome.because.replaceAll('_', ' ')}${untrusted}`;
  const canPaste = looked.path.valid && entries.length > 0 && !crashes;
  return [
    {
      ...{ effect: 'breaks', reason: crashes ? 'crashes' : 'refused', when: null, message },
      paste: canPaste ? pasteFor(mechanism, pathPins(looked.path)) : null,
      next: crashes ? NEXT.crashes : nextForPath(looked),
    },
  ];
}

/** Pins that hold now and no longer then: the platform goes on without them, or the app stops. */
function lapsing({ outcome, entries }: Asked, then: Asked | undefined): readonly Told[] {
  const isOver = outcome.because === 'expired';
  const willBe = then?.outcome.because === 'expired' && !isOver;
  if (outcome.answer !== 'connects' || !(isOver || willBe)) return [];
  const end = entries.flatMap(({ expiration }) => expiration?.text ?? [])[0];
  const day = end !== undefined && /^\d{4}-\d{2}-\d{2}/.test(end) ? end.slice(0, 10) : null;
  const message = isOver
    ? `the pins ended${day === null ? '' : ` on ${day}`}: apps connect without them`
    : `the pins end on ${day ?? 'a day within'}`;
  return [
    { effect: 'unprotected', reason: 'pins_end', when: isOver ? null : day, message, paste: null, next: NEXT.pins_end },
  ];
}

const bare = (pin: string): string => pin.trim().replace(/^(?:pin-)?sha256\/{0,2}/i, '');

/** What stands between a working app and the next change of a key. */
function fragile({ looked }: CheckInput, { outcome, entries }: Asked): readonly Told[] {
  if (outcome.because !== 'pin_matched') return [];
  const path = pathPins(looked.path);
  const pins = [...new Set(entries.flatMap((entry: PinnedHost) => entry.pins.map(({ text }) => bare(text))))];
  const serving = pins.filter((pin) => path.includes(pin));
  const note = (reason: 'one_pin' | 'no_backup' | 'leaf_only', message: string): Told => ({
    effect: 'fragile',
    reason,
    when: null,
    message,
    paste: null,
    next: NEXT[reason],
  });
  if (pins.length === 1) return [note('one_pin', 'only one pin is left: no key may ever change')];
  if (pins.length === serving.length) return [note('no_backup', 'every pin is in use now: there is no backup')];
  const leaf = path[0];
  if (serving.length === 1 && serving[0] === leaf)
    return [note('leaf_only', 'only the leaf matches: renew with the same key, or with one that is pinned')];
  return [];
}

/** The share of a certificate's life at whose end renewal is due: clients of ACME renew when a third is left. */
const RENEWAL_SHARE = 1 / 3;

/** The end of any certificate of the path ends the connection for everybody, whatever is pinned. */
function certificateEnd({ looked, host, at, withinDays }: CheckInput): readonly CheckFinding[] {
  if (!looked.path.valid) return [];
  return looked.path.certificates.flatMap(({ notBefore, notAfter }, index): readonly CheckFinding[] => {
    const lead = Math.min(withinDays * DAY_MS, (notAfter - notBefore) * RENEWAL_SHARE);
    if (notAfter - at >= lead) return [];
    const what = index === 0 ? 'the certificate of the host' : `certificate ${index + 1} of its path`;
    const days = Math.max(0, Math.floor((notAfter - at) / DAY_MS));
    const message = `${what} ends in ${days} days and is not renewed`;
    const when = new Date(notAfter).toISOString();
    const { addresses } = looked;
    return [
      {
        effect: 'breaks',
        reason: 'certificate_ends',
        host,
        addresses,
        mechanism: null,
        place: null,
        when,
        message,
        paste: null,
        next: NEXT.certificate_ends,
      },
    ];
  });
}
