import { toHex } from '@assay/formats';
import type { Service } from '../context.ts';

/** An id that sorts by time: 48 bits of milliseconds, then 80 random bits, as hex. */
export function sortableId({ random, clock }: Pick<Service, 'random' | 'clock'>): string {
  return firstIdAt(clock()) + toHex(random(10));
}

/** What every id of a time before sorts below; where a page of rows of that time begins. */
export function firstIdAt(time: number): string {
  return time.toString(16).padStart(12, '0');
}
