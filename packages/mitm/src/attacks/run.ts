import type { Attack, Attempt } from './attack.ts';
import { ATTACKS } from './attacks.ts';
import { publicCodeOf } from './public-codes.ts';
import { type Residue, residueOf } from './residue.ts';
import type { Scene } from './scene.ts';

/**
 * `refused`: for the right thing, by the right one. `succeeded`: the attacker has what he wanted. `other-reason`: it was
 * refused, but not by the check that it was meant for, so that nothing is known of that one. `not-reached`: it could not be
 * carried out. The last two are never a pass.
 */
export const ATTACK_OUTCOMES = ['refused', 'succeeded', 'other-reason', 'not-reached'] as const;
export type AttackOutcome = (typeof ATTACK_OUTCOMES)[number];

export interface AttackResult {
  readonly attack: Attack;
  readonly outcome: AttackOutcome;
  /** The code of the refusal: the expected one where it was among those seen. */
  readonly code?: string;
  /** What was seen, or why nothing was. */
  readonly seen: string;
  readonly milliseconds: number;
}

export interface AttackReport {
  readonly startedAt: number;
  readonly endedAt: number;
  /** Whether the untouched client got through before the first attack and after the last. */
  readonly control: { readonly before: boolean; readonly after: boolean };
  readonly results: readonly AttackResult[];
  readonly residue: Residue;
  readonly summary: Readonly<Record<AttackOutcome, number>>;
}

export interface AttackRun {
  readonly scene: Scene;
  readonly attacks?: readonly Attack[];
  /** Told of each result as it comes. */
  readonly onResult?: (result: AttackResult) => void;
  readonly signal?: AbortSignal;
}

/** Tries one attack after another between two controls. */
export async function runAttacks({ scene, attacks = ATTACKS, onResult, signal }: AttackRun): Promise<AttackReport> {
  const startedAt = scene.now();
  const before = await control(scene);
  const results: AttackResult[] = [];
  for (const attack of attacks) {
    if (signal?.aborted === true) break;
    const result = before ? await tried(scene, attack) : unreached(attack, 'the untouched client did not get through');
    results.push(result);
    onResult?.(result);
  }
  const after = await control(scene);
  const residue = residueOf(scene.seen, scene);
  const summary = summaryOf(results);
  return { startedAt, endedAt: scene.now(), control: { before, after }, results, residue, summary };
}

/** A client that nobody tampers with enrols, and its call is served. */
async function control(scene: Scene): Promise<boolean> {
  try {
    const victim = await scene.victim();
    const { kind, status } = await victim.call({ target: scene.routes.read });
    return kind === 'ok' && status !== undefined && status >= 200 && status < 300;
  } catch {
    return false;
  }
}

async function tried(scene: Scene, attack: Attack): Promise<AttackResult> {
  const missing = attack.needs.filter((need) => !scene.offers.has(need));
  if (missing.length > 0) return unreached(attack, `there is none here: ${missing.join(', ')}`);
  const from = scene.now();
  try {
    return resultOf(attack, await attack.run(scene), scene, scene.now() - from);
  } catch (error) {
    // Nothing that an attack throws may pass for a refusal.
    return unreached(attack, error instanceof Error ? error.message : 'it broke off', scene.now() - from);
  }
}

function resultOf(
  attack: Attack,
  { succeeded, codes, seen }: Attempt,
  { knowsReasons }: Scene,
  milliseconds: number,
): AttackResult {
  const meant = knowsReasons ? attack.codes : attack.codes.map(publicCodeOf);
  const expected = codes.find((code) => meant.includes(code));
  const code = expected ?? codes[0];
  const isMeant = attack.codes.length === 0 || expected !== undefined;
  const outcome = succeeded ? 'succeeded' : isMeant ? 'refused' : 'other-reason';
  return { attack, outcome, seen, milliseconds, ...(code === undefined ? {} : { code }) };
}

function unreached(attack: Attack, seen: string, milliseconds = 0): AttackResult {
  return { attack, outcome: 'not-reached', seen, milliseconds };
}

function summaryOf(results: readonly AttackResult[]): AttackReport['summary'] {
  const count = (outcome: AttackOutcome): number => results.filter((result) => result.outcome === outcome).length;
  return {
    refused: count('refused'),
    succeeded: count('succeeded'),
    'other-reason': count('other-reason'),
    'not-reached': count('not-reached'),
  };
}
