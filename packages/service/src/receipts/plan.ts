/** When Apple is asked about a receipt again. Spread by chance, so that a day of many enrolments is no day of many calls. */
import type { Random } from '@assay/core';
import { readUint32 } from '@assay/formats';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The first metric is wanted soon: a farm shows in its first days. */
const FIRST_WITHIN = HOUR;
/** The metric counts over weeks, and Apple serves a receipt once a day at most. */
const USUAL = 7 * DAY;
const SPREAD = DAY;
const FIRST_RETRY = 5 * MINUTE;
/** While a row is at work elsewhere: a process that died gives it back after this. */
const LEASE = 10 * MINUTE;

/** A share of `ms`, from 0 to just below all of it. */
function upTo(random: Random, ms: number): number {
  return Math.floor((readUint32(random(4), 0) / 2 ** 32) * ms);
}

/** After an attestation. */
export const firstAt = (at: number, random: Random): number => at + MINUTE + upTo(random, FIRST_WITHIN);

/** After a new receipt: in a week, and never before it allows that itself. */
export const nextAt = (at: number, notBefore: number | undefined, random: Random): number =>
  Math.max(at + USUAL, notBefore ?? 0) + upTo(random, SPREAD);

/** Apple says that it is too early: tomorrow. */
export const tomorrowAt = (at: number, random: Random): number => at + DAY + upTo(random, HOUR);

/** After a failure: twice as long each time, from five minutes up to a day. */
export function retryAt(at: number, failures: number, random: Random): number {
  const wait = Math.min(FIRST_RETRY * 2 ** Math.min(failures, 20), DAY);
  return at + wait + upTo(random, wait / 2);
}

export const leaseUntil = (at: number): number => at + LEASE;
