import type { Case, Expectation, Step } from '../case.ts';
import type { Connection } from '../observation.ts';
import type { Outcome, Standing } from '../outcome.ts';
import { outcomeWordOf } from '../report/words.ts';
import { type Bench, withMeaning } from './bench.ts';
import { offeredAlike } from './offered.ts';
import { isRefusal, type Scope } from './scope.ts';
import { describeAll, describeConnection } from './words.ts';

export interface Ruling {
  readonly holds: (bench: Bench) => boolean;
  readonly standing: Standing;
  readonly because: (bench: Bench) => string;
}

const WHERE: Readonly<Record<Scope['name'], string>> = {
  everything: '',
  cleartext: ' in cleartext',
  'after-update': ' after the pins had changed',
  'second-host': ' for the second host',
};

const about = (connection: Connection | undefined): string =>
  connection === undefined ? '.' : `: ${describeConnection(connection)}.`;

const decisive = (bench: Bench): string => about(withMeaning(bench, bench.outcome));

const certified = ({ weighed }: Bench): Connection | undefined =>
  weighed.find(({ connection, meaning }) => connection.clientCertificate && meaning !== 'aside')?.connection;

const markedRequest = ({ weighed }: Bench): Connection | undefined =>
  weighed.find(
    ({ connection, meaning }) =>
      meaning === 'LEAKED' && connection.way !== 'cleartext' && connection.requests.some(({ marked }) => marked),
  )?.connection;

/** A client certificate names its owner to whoever gets it. A server that is genuine, and only leads astray, gets it rightly. */
const givesIdentity = (bench: Bench): boolean => bench.scope.name !== 'cleartext' && certified(bench) !== undefined;

const refusalIn = ({ weighed }: Bench): Connection | undefined =>
  weighed.find(({ meaning }) => meaning !== 'aside' && isRefusal(meaning))?.connection;

/** Requests that a client of these steps makes of a genuine server: one in cleartext becomes one of TLS (RFC 6797 8.3). */
const asksIn = ({ steps }: Case): number => steps.filter((step) => ASKING.has(step)).length;
const ASKING: ReadonlySet<Step> = new Set<Step>(['request', 'plain-request']);

const requestsIn = ({ weighed }: Bench): number =>
  weighed.reduce((sum, { connection, meaning }) => sum + (meaning === 'aside' ? 0 : connection.requests.length), 0);

/** Where the request went that a client made good its refusal with: in cleartext, or unmarked. */
const andYet = (bench: Bench): string => {
  const stray = withMeaning(bench, 'LEAKED');
  return stray === undefined
    ? ''
    : ` Data arrived all the same${stray.way === 'cleartext' ? ' in cleartext' : ''}${about(stray)}`;
};

const SHORT: readonly Ruling[] = [
  {
    holds: ({ settled }) => !settled,
    standing: 'inconclusive',
    because: () => 'The case was not watched to its end.',
  },
  {
    holds: (bench) => withMeaning(bench, 'UNDECIDED') !== undefined,
    standing: 'inconclusive',
    because: (bench) => `A connection neither brought data nor was given up${about(withMeaning(bench, 'UNDECIDED'))}`,
  },
];

const NOTHING: Ruling = {
  holds: () => true,
  standing: 'inconclusive',
  because: ({ observation, outcome }) => `Nothing was proven (${outcome}). ${describeAll(observation)}`,
};

const CONTROLS: Readonly<Record<Exclude<Bench['controls'], 'passed'>, string>> = {
  'failed-before': 'the positive control failed before the run',
  'failed-after': 'the positive control failed after the run',
  'not-run': 'no positive control was run',
};

const REFUSED: Readonly<Partial<Record<Outcome, string>>> = {
  'REFUSED-ALERT': 'The client refused with an alert',
  'REFUSED-CLOSE': 'The client refused without an alert',
  'REFUSED-POST': 'The client finished the handshake and left without sending anything',
  'NOT-FOLLOWED': 'The client did not follow',
};

/** Who only waited has not refused in any words. */
const refusedBy = (bench: Bench): string =>
  withMeaning(bench, bench.outcome)?.closed === 'timeout'
    ? 'The client sent nothing until our time was up'
    : (REFUSED[bench.outcome] ?? bench.outcome);

/**
 * First what is proof by itself, whatever the controls say and however short the watch was; then everything that makes a
 * refusal worthless; one row grants; what is left is nothing.
 */
const REFUSE: readonly Ruling[] = [
  {
    holds: ({ outcome }) => outcome === 'LEAKED',
    standing: 'wrong',
    because: (bench) => `Application data arrived${WHERE[bench.scope.name]}${decisive(bench)}`,
  },
  {
    holds: ({ outcome }) => outcome === 'WENT-ON',
    standing: 'wrong',
    because: (bench) => `The client went on after what it must refuse${decisive(bench)}`,
  },
  {
    holds: givesIdentity,
    standing: 'wrong',
    because: (bench) => `The client showed its certificate to a server that it must refuse${about(certified(bench))}`,
  },
  {
    holds: ({ one, observation }) => one.steps.includes('update-pins') && observation.pinsServedAt === undefined,
    standing: 'inconclusive',
    because: () => 'The client never fetched the new pins.',
  },
  ...SHORT,
  {
    holds: ({ one, outcome }) => one.recipe.tls?.downgrade === 'with-sentinel' && outcome === 'UNSUPPORTED',
    standing: 'noted',
    because: () => 'The client does not offer TLS 1.3: there was nothing to downgrade it from.',
  },
  {
    holds: (bench) => bench.outcome === 'NOT-FOLLOWED' && requestsIn(bench) < asksIn(bench.one),
    standing: 'inconclusive',
    because: (bench) => `The client made ${requestsIn(bench)} of its ${asksIn(bench.one)} requests.`,
  },
  {
    holds: (bench) => isRefusal(bench.outcome) && offeredAlike(bench) !== undefined,
    standing: 'inconclusive',
    because: (bench) => `The client left, but offers ${offeredAlike(bench)}. Seen${decisive(bench)}`,
  },
  {
    holds: ({ controls, outcome, scope }) => controls !== 'passed' && scope.rightBy.has(outcome),
    standing: 'inconclusive',
    because: ({ controls }) =>
      `The client refused, but ${controls === 'passed' ? '' : CONTROLS[controls]}: a client that refuses everything proves nothing.`,
  },
  {
    holds: ({ outcome, scope }) => scope.rightBy.has(outcome),
    standing: 'right',
    because: (bench) => `${refusedBy(bench)}${decisive(bench)}`,
  },
  NOTHING,
];

/** A request with the marker is proof by itself. Data without it is somebody else's request, and proves nothing. */
const ACCEPT: readonly Ruling[] = [
  {
    holds: (bench) => markedRequest(bench) !== undefined,
    standing: 'right',
    because: (bench) => `The request arrived${about(markedRequest(bench))}`,
  },
  ...SHORT,
  {
    holds: ({ one, outcome }) => one.mayRefuse !== undefined && outcome === 'UNSUPPORTED',
    standing: 'noted',
    because: (bench) => `The client cannot do it, as it may (${bench.one.mayRefuse})${decisive(bench)}`,
  },
  {
    holds: (bench) => bench.one.mayRefuse !== undefined && refusalIn(bench) !== undefined,
    standing: 'noted',
    because: (bench) =>
      `The client refused, as it may (${bench.one.mayRefuse})${about(refusalIn(bench))}${andYet(bench)}`,
  },
  {
    holds: (bench) => refusalIn(bench) !== undefined,
    standing: 'wrong',
    because: (bench) => `The client refused what it must accept${about(refusalIn(bench))}${andYet(bench)}`,
  },
  {
    holds: ({ outcome }) => outcome === 'LEAKED',
    standing: 'inconclusive',
    because: (bench) =>
      `Nothing was proven (${outcomeWordOf({ case: bench.one, outcome: bench.outcome })}): data came, but no request over TLS with the marker${decisive(bench)}`,
  },
  NOTHING,
];

const MET: Readonly<Partial<Record<Outcome, string>>> = {
  'REFUSED-ALERT': ' The client refused with an alert.',
  'REFUSED-CLOSE': ' The client refused without an alert.',
  'REFUSED-POST': ' The client finished the handshake and left without sending anything.',
  'WENT-ON': ' The client went on with what was chosen for it.',
  LEAKED: ' Data arrived.',
};

const REPORT: readonly Ruling[] = [
  {
    holds: () => true,
    standing: 'noted',
    because: ({ observation, outcome }) => `${describeAll(observation)}${MET[outcome] ?? ''}`,
  },
];

/** By what is expected; the first row that holds. */
export const RULINGS: Readonly<Record<Expectation, readonly Ruling[]>> = {
  refuse: REFUSE,
  accept: ACCEPT,
  report: REPORT,
};
