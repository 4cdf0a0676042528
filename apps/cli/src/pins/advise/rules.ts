import type { Situation } from './situation.ts';

/** What goes over the connection. */
export const DATA = ['payments', 'health', 'login', 'general'] as const;
export type DataKind = (typeof DATA)[number];

/** What to pin: the leaf's key, kept over renewals; the roots that may issue; the root of one's own; nothing. */
export type Level = 'leaf_key' | 'root_set' | 'private_root' | 'none';

/** The advice itself, one row a situation. */
export const ADVICE: Readonly<Record<Situation, Readonly<Record<DataKind, Level>>>> = {
  own_short: { payments: 'leaf_key', health: 'leaf_key', login: 'root_set', general: 'none' },
  own_long: { payments: 'leaf_key', health: 'leaf_key', login: 'root_set', general: 'none' },
  managed: { payments: 'root_set', health: 'root_set', login: 'none', general: 'none' },
  private: { payments: 'private_root', health: 'private_root', login: 'private_root', general: 'private_root' },
};

export const LEVEL_TEXT: Readonly<Record<Level, string>> = {
  leaf_key: 'pin the key of the leaf, keep it over renewals, and pin a second key that lies offline',
  root_set: 'pin every root that may issue for the host, never its leaf or an intermediate',
  private_root: 'trust nothing but your own root, and pin its key with the key of its successor',
  none: 'pin nothing: certificate transparency, short lives and attestation are the better trade',
};

export interface AdviceReason {
  readonly text: string;
  readonly source: string;
}

interface ReasonRow extends AdviceReason {
  readonly situations?: readonly Situation[];
  readonly levels?: readonly Level[];
}

const SC081 = 'CA/Browser Forum ballot SC-081v3';
const INCIDENTS = 'Expensify/App#100518, July 2026';

/** Why, one row a fact; told are those that fit. */
const REASONS: readonly ReasonRow[] = [
  {
    situations: ['managed'],
    text: 'the provider changes issuing authorities and intermediates without notice: pins of leaves and intermediates have cut apps off',
    source: INCIDENTS,
  },
  {
    situations: ['managed'],
    levels: ['root_set'],
    text: 'a root pin admits any certificate of its authority: set CAA records, and let transparency logs be watched',
    source: 'RFC 8659; RFC 6962',
  },
  {
    levels: ['leaf_key'],
    text: 'a leaf pin is safe only where renewal keeps the key (certbot --reuse-key, a CSR of one’s own) or takes one that is pinned already',
    source: 'RFC 7469 4.3',
  },
  {
    situations: ['own_long', 'own_short'],
    text: 'public certificates live at most 200 days since 2026-03-15, 100 from 2027-03-15, 47 from 2029-03-15',
    source: SC081,
  },
  {
    levels: ['root_set'],
    text: 'an app builds its path by its own device: pin every root that a device may end at, old and new',
    source: 'RFC 4158; pins are compared with the validated path',
  },
  {
    levels: ['none'],
    text: 'a pin would guard against a wrongly issued certificate, which transparency shows, and cost an outage when a key changes',
    source: 'RFC 6962; Android certificateTransparency, Apple’s CT policy',
  },
  {
    levels: ['none'],
    text: 'who tampers with the app or runs it elsewhere is told by attestation, not by pins',
    source: 'Android Key Attestation, Apple App Attest',
  },
  {
    situations: ['private'],
    text: 'an authority of one’s own is under no public limit of lifetimes and in no public log: the root is what can be relied on',
    source: SC081,
  },
];

export function reasonsFor(situation: Situation, level: Level): readonly AdviceReason[] {
  return REASONS.filter(
    ({ situations, levels }) =>
      (situations === undefined || situations.includes(situation)) && (levels === undefined || levels.includes(level)),
  ).map(({ text, source }) => ({ text, source }));
}

/** Longest lives of public certificates by day of issuance (SC-081v3). */
const LIFETIMES: readonly (readonly [from: string, days: number])[] = [
  ['2026-03-15', 200],
  ['2027-03-15', 100],
  ['2029-03-15', 47],
];

/** What a year costs from a day on. Renewal is taken to happen when two thirds of a life are over. */
export interface Upkeep {
  /** `now`, or the day from which it is so. */
  readonly from: string;
  readonly lifetimeDays: number;
  readonly renewalsPerYear: number;
  /** Changes of the pin set that the advice asks for in a year. */
  readonly pinChanges: number;
  /** The same where every renewal takes a new key and the leaf is pinned. */
  readonly pinChangesWithNewKeys: number;
}

/** Planned changes: one of the leaf's key a year; one look at the roots. */
const CHANGES: Readonly<Record<Level, number>> = { leaf_key: 1, root_set: 1, private_root: 0, none: 0 };

export function upkeepOf(level: Level, lifetimeDays: number, isPublic: boolean, now: number): readonly Upkeep[] {
  const row = (from: string, days: number): Upkeep => {
    const renewalsPerYear = Math.ceil(365 / (days * (2 / 3)));
    const pinChangesWithNewKeys = level === 'none' ? 0 : renewalsPerYear;
    return { from, lifetimeDays: days, renewalsPerYear, pinChanges: CHANGES[level], pinChangesWithNewKeys };
  };
  const ahead = LIFETIMES.filter(([from, days]) => isPublic && Date.parse(from) > now && days < lifetimeDays);
  return [row('now', lifetimeDays), ...ahead.map(([from, days]) => row(from, days))];
}
