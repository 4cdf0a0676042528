import type { Facts } from '@assay/core';
import { AssayError } from '@assay/core';
import type { Appraisal } from '../../src/index.ts';
import { type DeviationId, differsWithin, isSame, type Stretch } from './deviations.ts';
import { createDice, type Dice, mutate } from './mutate.ts';
import type { Part } from './part.ts';
import { mutateToken } from './tokens.ts';

/** One valid piece of evidence with its verifier. */
export interface Subject {
  /** Format and sample, for example `android-key, factory`. */
  readonly name: string;
  readonly parts: readonly Part[];
  /** Where this sample may be spelt otherwise. */
  readonly free: readonly Stretch[];
  verify(parts: readonly Part[]): Appraisal<unknown>;
  /** Everything that a decision may rest on, as text: equal texts mean the same. */
  meaning(appraisal: Verified): string;
}

export type Verified = Extract<Appraisal<unknown>, { outcome: 'verified' }>;

export interface Finding {
  readonly subject: string;
  /** `differs`: accepted with another meaning. `unlisted`: accepted with the same meaning in a spelling nobody allowed. `crash`: no coded refusal. */
  readonly kind: 'differs' | 'unlisted' | 'crash';
  readonly number: number;
  readonly detail: string;
}

export interface CampaignReport {
  readonly tried: number;
  readonly refused: number;
  /** Mutations that changed nothing. */
  readonly unchanged: number;
  /** Accepted by a listed deviation, by its id. */
  readonly deviations: Readonly<Partial<Record<DeviationId, number>>>;
  readonly findings: readonly Finding[];
}

const MAX_FINDINGS = 50;

/** Runs `count` mutations, taking the subjects in turn. Deterministic in its seed. */
export function campaign(
  subjects: readonly Subject[],
  { count, seed }: { readonly count: number; readonly seed: number },
): CampaignReport {
  const dice = createDice(seed);
  const originals = subjects.map((subject) => ({ subject, meaning: validMeaning(subject) }));
  const report = { tried: 0, refused: 0, unchanged: 0 };
  const deviations: Partial<Record<DeviationId, number>> = {};
  const findings: Finding[] = [];
  for (let number = 0; number < count && findings.length < MAX_FINDINGS; number += 1) {
    const original = originals[number % originals.length];
    if (original === undefined) throw new Error('a campaign needs subjects');
    const outcome = attempt(original.subject, original.meaning, dice);
    report.tried += 1;
    if (outcome === 'refused' || outcome === 'unchanged') report[outcome] += 1;
    else if ('deviation' in outcome) deviations[outcome.deviation] = (deviations[outcome.deviation] ?? 0) + 1;
    else findings.push({ subject: original.subject.name, number, ...outcome });
  }
  return { ...report, deviations, findings };
}

function validMeaning(subject: Subject): string {
  const appraisal = subject.verify(subject.parts);
  if (appraisal.outcome === 'verified') return subject.meaning(appraisal);
  throw new Error(`${subject.name} is not valid before it is changed: ${appraisal.error.code}`);
}

type Outcome = 'refused' | 'unchanged' | { readonly deviation: DeviationId } | Pick<Finding, 'kind' | 'detail'>;

function attempt(subject: Subject, meaning: string, dice: Dice): Outcome {
  const mutated = mutateParts(subject.parts, dice);
  if (isSame(subject.parts, mutated)) return 'unchanged';
  const appraisal = guarded(() => subject.verify(mutated));
  if ('crash' in appraisal) return { kind: 'crash', detail: appraisal.crash };
  if (appraisal.outcome === 'rejected') return 'refused';
  const found = subject.meaning(appraisal);
  if (found !== meaning) return { kind: 'differs', detail: firstDifference(meaning, found) };
  const stretch = subject.free.find((each) => differsWithin(each, subject.parts, mutated));
  return stretch ?? { kind: 'unlisted', detail: places(subject.parts, mutated) };
}

/** A coded error is a refusal wherever it is thrown: the door decodes before the verifiers see anything. */
function guarded(verify: () => Appraisal<unknown>): Appraisal<unknown> | { readonly crash: string } {
  try {
    return verify();
  } catch (error) {
    if (error instanceof AssayError && error.family !== 'config') return { outcome: 'rejected', error, checks: [] };
    return { crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function mutateParts(parts: readonly Part[], dice: Dice): readonly Part[] {
  const at = dice.roll(parts.length);
  if (parts.length > 1 && dice.roll(32) === 0) return rearranged(parts, at, dice);
  const part = parts[at] ?? '';
  return parts.with(at, typeof part === 'string' ? mutateToken(part, dice) : mutate(part, dice));
}

/** A part taken out, sent twice, or two that change places. */
function rearranged(parts: readonly Part[], at: number, dice: Dice): readonly Part[] {
  const [part] = parts.slice(at);
  const other = dice.roll(parts.length);
  const [swapped] = parts.slice(other);
  if (part === undefined || swapped === undefined) return parts;
  const ways = [parts.toSpliced(at, 1), parts.toSpliced(at, 0, part), parts.with(at, swapped).with(other, part)];
  return ways[dice.roll(ways.length)] ?? parts;
}

const bytesOf = (part: Part): Buffer => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part));

/** Where a mutation struck, for whoever looks for the cause: part, offset, octets before and after. */
function places(parts: readonly Part[], mutated: readonly Part[]): string {
  if (parts.length !== mutated.length) return `${parts.length} parts became ${mutated.length}`;
  return parts.flatMap((part, index) => placesOf(bytesOf(part), bytesOf(mutated[index] ?? ''), index)).join('; ');
}

function placesOf(before: Buffer, after: Buffer, part: number): readonly string[] {
  if (before.equals(after)) return [];
  const at = before.findIndex((octet, index) => octet !== after[index]);
  const from = at < 0 ? before.length : at;
  const hex = (bytes: Buffer) => bytes.subarray(from, from + 8).toString('hex');
  return [`part ${part} at ${from} of ${before.length}: ${hex(before)} became ${hex(after)} (${after.length})`];
}

function firstDifference(before: string, after: string): string {
  const at = [...before].findIndex((character, index) => character !== after[index]);
  const from = Math.max(0, at - 40);
  return `${before.slice(from, at + 60)} became ${after.slice(from, at + 60)}`;
}

/** Facts and what was proven as text, without members that only name the spelling. */
export function meaningOf(
  { facts, proven }: { readonly facts: Facts; readonly proven: unknown },
  spelling: readonly string[],
): string {
  return JSON.stringify([facts, proven], (name, value) => {
    if (spelling.includes(name)) return undefined;
    if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
    return typeof value === 'bigint' ? `${value}n` : value;
  });
}
