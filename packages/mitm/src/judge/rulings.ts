import type { Expectation } from '../case.ts';
import type { Connection } from '../observation.ts';
import type { Outcome, Standing } from '../outcome.ts';
import { type Bench, withMeaning } from './bench.ts';
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
    holds: ({ scope, observation }) => scope.name === 'after-update' && observation.pinsServedAt === undefined,
    standing: 'inconclusive',
    because: () => 'The client never fetched the new pins.',
  },
  ...SHORT,
  {
    holds: ({ controls, outcome, scope }) => controls !== 'passed' && scope.rightBy.has(outcome),
    standing: 'inconclusive',
    because: ({ controls }) =>
      `The client refused, but ${controls === 'passed' ? '' : CONTROLS[controls]}: a client that refuses everything proves nothing.`,
  },
  {
    holds: ({ outcome, scope }) => scope.rightBy.has(outcome),
    standing: 'right',
    because: (bench) => `${REFUSED[bench.outcome] ?? bench.outcome}${decisive(bench)}`,
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
    holds: (bench) => bench.one.mayRefuse !== undefined && refusalIn(bench) !== undefined,
    standing: 'noted',
    because: (bench) => `The client refused, as it may (${bench.one.mayRefuse})${about(refusalIn(bench))}`,
  },
  {
    holds: (bench) => refusalIn(bench) !== undefined,
    standing: 'wrong',
    because: (bench) => `The client refused what it must accept${about(refusalIn(bench))}`,
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
