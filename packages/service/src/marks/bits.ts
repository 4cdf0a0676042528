import { ABSENT, type Fact, type Facts, proven } from '@assay/core';
import type { Role } from '@assay/tokens';
import type { Service } from '../context.ts';
import type { ServiceEvent } from '../events.ts';
import type { AppDocument } from '../registry/documents.ts';
import type { RecallBits } from '../vendors/types.ts';

/**
 * Marks of bans: one bit that a vendor keeps for a device over every reinstall, Apple by DeviceCheck and Google by Play's device
 * recall. Which one, the app's document says; without a word there, no bit is ever written.
 */
export type MarkVendor = Extract<ServiceEvent, { type: 'ban_mark' }>['vendor'];
export type Bit = keyof RecallBits;

/** A vendor that keeps bits, with how its evidence comes and reads. */
export interface MarkRow {
  readonly vendor: MarkVendor;
  readonly roles: readonly Role[];
  /** As facts name the evidence that tells the bits. */
  readonly by: string;
  /** As an outage of it is named. */
  readonly outage: string;
  readonly bitOf: (app: AppDocument) => Bit | undefined;
  /** Whether this server can write the bit. */
  readonly isWritable: (vendors: Service['vendors']) => boolean;
}

export const MARK_ROWS: readonly MarkRow[] = [
  {
    vendor: 'device_check',
    roles: ['device-check'],
    by: 'apple-device-check',
    outage: 'device_check_unavailable',
    bitOf: ({ apple }) => apple?.banBit,
    isWritable: ({ deviceCheck }) => deviceCheck !== undefined,
  },
  {
    vendor: 'device_recall',
    roles: ['play-standard', 'play-classic'],
    by: 'play-integrity',
    outage: 'play_unavailable',
    bitOf: ({ google }) => google?.recallBit,
    isWritable: ({ playRecall }) => playRecall !== undefined,
  },
];

export const usesMarks = (app: AppDocument): boolean => MARK_ROWS.some(({ bitOf }) => bitOf(app) !== undefined);

/** Whether the bit of this vendor is set, by the vendor's own word; undefined where it said nothing of its bits. */
export function isMarked({ by, bitOf }: MarkRow, app: AppDocument, { runtime }: Facts): boolean | undefined {
  const bit = bitOf(app);
  const { deviceBits } = runtime;
  if (bit === undefined || deviceBits.known !== 'proven' || deviceBits.by !== by) return undefined;
  return deviceBits.value.includes(bit);
}

/** The fact `history.banMark`: absent where the app uses no bit, or no vendor told it. */
export function banMarkOf(app: AppDocument, facts: Facts): Fact<boolean> {
  for (const row of MARK_ROWS) {
    const mark = isMarked(row, app, facts);
    if (mark !== undefined) return proven(mark, row.by);
  }
  return ABSENT;
}
