import type { Case, Step } from '../case.ts';
import type { Connection, Observation } from '../observation.ts';
import type { Outcome } from '../outcome.ts';
import type { Recipe } from '../recipe.ts';

/** Which of the data that arrived a correct client would not have sent, and what a refusal looks like then. */
export interface Scope {
  readonly name: 'everything' | 'cleartext' | 'after-update' | 'second-host';
  /** The connection is on trial at all. */
  readonly onTrial: (connection: Connection, observation: Observation) => boolean;
  /** Application data on it is a leak; where not, it was sent rightly. */
  readonly leaks: (connection: Connection, observation: Observation) => boolean;
  readonly rightBy: ReadonlySet<Outcome>;
}

const REFUSALS: ReadonlySet<Outcome> = new Set<Outcome>(['REFUSED-ALERT', 'REFUSED-CLOSE', 'REFUSED-POST']);

export const isRefusal = (outcome: Outcome): boolean => REFUSALS.has(outcome);

/** Octets or requests: a request that was seen counts even where nobody counted its octets. */
export const hasData = ({ applicationBytes, requests }: Connection): boolean =>
  applicationBytes > 0 || requests.length > 0;

const EVERYTHING: Scope = { name: 'everything', onTrial: () => true, leaks: hasData, rightBy: REFUSALS };

/** The server is genuine, and leads or tempts the client to cleartext. */
const CLEARTEXT: Scope = {
  name: 'cleartext',
  onTrial: () => true,
  leaks: (connection) => connection.way === 'cleartext' && hasData(connection),
  rightBy: new Set<Outcome>(['NOT-FOLLOWED']),
};

/** The server is genuine until the pins change: sessions and connections from before must not outlive them. */
const AFTER_UPDATE: Scope = {
  name: 'after-update',
  onTrial: (connection, observation) =>
    connection.openedAt >= sinceOf(observation) || lateData(connection, observation),
  leaks: lateData,
  rightBy: REFUSALS,
};

/** The first host is not pinned, or genuine; the second must be judged by its own pins, also on a connection that is open. */
const SECOND_HOST: Scope = {
  name: 'second-host',
  onTrial: (connection, { secondHost }) =>
    secondHost === undefined || connection.host === secondHost || connection.requests.some(isFor(secondHost)),
  leaks: hasData,
  rightBy: REFUSALS,
};

const isFor =
  (host: string) =>
  (request: { readonly host?: string }): boolean =>
    request.host === host;

const sinceOf = ({ pinsServedAt }: Observation): number => pinsServedAt ?? Number.POSITIVE_INFINITY;

function lateData(connection: Connection, observation: Observation): boolean {
  const since = sinceOf(observation);
  if (connection.openedAt >= since) return hasData(connection);
  return connection.requests.some(({ at }) => at !== undefined && at >= since);
}

const follows = ({ steps }: Case, first: Step, then: Step): boolean => {
  const after = steps.indexOf(first);
  return after !== -1 && steps.indexOf(then, after + 1) !== -1;
};

/** What a client that asks for it gets of every server (`selectCases`) forges nothing. */
const isForged = ({ chain }: Recipe): boolean => {
  if (chain === undefined) return false;
  const { leaf: { timestamps, ...leaf } = {}, ...rest } = chain;
  return (timestamps?.fault ?? 'none') !== 'none' || Object.keys({ ...leaf, ...rest }).length > 0;
};

const tempts = ({ recipe, steps }: Case): boolean =>
  !isForged(recipe) &&
  (recipe.http?.redirect !== undefined || recipe.http?.hsts === true || steps.includes('plain-request'));

/** By what a case does with a genuine server; the first row that holds. */
const SCOPES: readonly (readonly [scope: Scope, holds: (one: Case) => boolean])[] = [
  [AFTER_UPDATE, (one) => follows(one, 'request', 'update-pins')],
  [SECOND_HOST, (one) => one.expect === 'refuse' && one.steps.includes('second-host')],
  [CLEARTEXT, (one) => one.expect === 'refuse' && tempts(one)],
];

export const scopeOf = (one: Case): Scope => SCOPES.find(([, holds]) => holds(one))?.[0] ?? EVERYTHING;
