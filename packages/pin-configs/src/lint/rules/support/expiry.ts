import { parseNscExpiration } from '../../../android/values.ts';
import { FORMAT_TRAITS } from '../../../formats.ts';
import { dayOf } from '../../../match/day.ts';
import type { Format, PinnedHost, Spelled } from '../../../pinned-host.ts';
import type { Document, Project } from '../../../project.ts';
import { hostsOf } from './seen.ts';

export interface SeenExpiry {
  readonly document: Document;
  readonly host: PinnedHost;
  readonly expiration: Spelled;
  /** Epoch milliseconds of the day's start in UTC; undefined where the platform cannot read the day. */
  readonly at: number | undefined;
}

/** Every end of a set of pins once, in formats that have such a thing. */
export function* expiriesOf(project: Project): Iterable<SeenExpiry> {
  const seen = new Set<Spelled>();
  for (const { document, host } of hostsOf(project)) {
    const { expiration, format } = host;
    if (expiration === undefined || FORMAT_TRAITS[format].expires === undefined || seen.has(expiration)) continue;
    seen.add(expiration);
    yield { document, host, expiration, at: readDay(format, expiration.text) };
  }
}

/** Android's parser is more generous than the others. */
const GENEROUS: ReadonlySet<Format> = new Set<Format>(['nsc', 'trustkit-android']);

const readDay = (format: Format, text: string): number | undefined =>
  GENEROUS.has(format) ? parseNscExpiration(text) : dayOf(text);

/** True when a host's pins hold nothing off any more, because their end has passed. */
export function hasEnded({ format, expiration }: PinnedHost, now: number): boolean {
  const end = expiration === undefined ? undefined : readDay(format, expiration.text);
  return end !== undefined && end <= now;
}

export const DAY = 86_400_000;

/** A day for messages: `yyyy-MM-dd`. */
export const toDay = (time: number): string => new Date(time).toISOString().slice(0, 10);
