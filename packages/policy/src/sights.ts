import { ConfigError, type Facts } from '@assay/core';
import { ask } from './ask.ts';
import { FAULT, type Node, type Truth } from './cel/node.ts';
import type { Policy } from './policy.ts';
import { provenAmong, raisedThreats } from './raised.ts';
import { weightOf } from './signals/index.ts';
import { type Settings, type Sight, type View, viewOf } from './view.ts';

/** The facts of one appraisal, as rules may see them. */
export type Sights = Readonly<Record<Sight, View>>;

/**
 * Facts are read and converted once for each sight; most policies have one.
 *
 * @throws ConfigError `policy.evaluation_failed` for a time that is none
 */
export function sightsOf({ program }: Policy, facts: Facts, at: number): Sights {
  if (!Number.isFinite(at)) throw evaluationFailed('now', new RangeError('the time is no number'));
  const raised = raisedThreats(facts);
  const settings: Settings = {
    raised,
    proven: provenAmong(raised, facts),
    degraded: facts.degraded,
    now: BigInt(Math.floor(at / 1000)),
    weight: program.asksWeight ? BigInt(weightOf(facts.threats)) : 0n,
  };
  const proven = viewOf(facts, 'proven', program, settings);
  return {
    proven,
    claimed: program.claimed === undefined ? proven : viewOf(facts, 'claimed', program.claimed, settings),
  };
}

/**
 * What an expression says of a view. What cannot be evaluated is no "no".
 *
 * @throws ConfigError `policy.evaluation_failed`
 */
export function question(view: View, node: Node): Truth {
  const truth = ask(view, node);
  if (truth === FAULT) throw evaluationFailed(view.fault?.text, view.fault?.error);
  return truth;
}

export function evaluationFailed(text: string | undefined, cause: unknown): ConfigError {
  const message = 'an expression of the policy cannot be evaluated on these facts';
  return new ConfigError('policy.evaluation_failed', message, { found: text }, { cause });
}
