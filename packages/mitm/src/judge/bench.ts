import type { Case } from '../case.ts';
import type { Connection, Observation } from '../observation.ts';
import type { Outcome, RunReport } from '../outcome.ts';
import { type Scope, scopeOf } from './scope.ts';
import { type Meaning, meaningOf, trialOf } from './shapes.ts';

export interface JudgeContext {
  readonly controls: RunReport['controls'];
  /** A report endpoint was configured. */
  readonly reportsExpected: boolean;
  /** The case was watched for as long as it should be. */
  readonly settled: boolean;
}

/** A case, everything seen of it, and what each connection means. */
export interface Bench extends JudgeContext {
  readonly one: Case;
  readonly observation: Observation;
  readonly scope: Scope;
  readonly weighed: readonly { readonly connection: Connection; readonly meaning: Meaning }[];
  readonly outcome: Outcome;
}

/** From what says most of a client to what says least. */
const RANKED: readonly Outcome[] = [
  'LEAKED',
  'WENT-ON',
  'NOT-FOLLOWED',
  'REFUSED-POST',
  'REFUSED-ALERT',
  'REFUSED-CLOSE',
  'UNDECIDED',
  'UNSUPPORTED',
];

export function benchOf(one: Case, observation: Observation, context: JudgeContext): Bench {
  const scope = scopeOf(one);
  const { raw, tls } = one.recipe;
  const setting = {
    ...{ trial: trialOf(one), scope, observation },
    ...{ weClose: raw?.kind === 'closed', marks13: tls?.downgrade === 'with-sentinel' },
  };
  const weighed = observation.connections.map((connection) => ({
    connection,
    meaning: meaningOf(connection, setting),
  }));
  const outcome = RANKED.find((ranked) => weighed.some(({ meaning }) => meaning === ranked)) ?? 'NOT-REACHED';
  return { ...context, one, observation, scope, weighed, outcome };
}

/** The first connection of a meaning. */
export const withMeaning = ({ weighed }: Bench, wanted: Meaning): Connection | undefined =>
  weighed.find(({ meaning }) => meaning === wanted)?.connection;
