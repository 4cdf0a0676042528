import type { Connection, RecordShape, SeenRequest, Way } from '../observation.ts';
import { MOST_SHAPES } from '../tap/index.ts';

/** What may still be learned of a connection. */
export type News = Partial<Omit<Connection, 'id' | 'openedAt' | 'records' | 'requests' | 'applicationBytes'>>;

/** The growing record of one connection. */
export interface ConnectionLog {
  readonly id: number;
  learn(news: News): void;
  /** The first end counts: what follows our own end is no doing of the client's. Told by `settle`. */
  ended(how: Exclude<Connection['closed'], 'open'>): void;
  /** Everything that came has been seen: a record that says how it ended says no more. */
  settle(): void;
  sawRecord(shape: RecordShape): void;
  sawRequest(request: SeenRequest): void;
  sawOctets(count: number): void;
  now(): Connection;
}

/** Beyond these nothing new is said, and an endless client must not fill memory. */
const MOST_REQUESTS = 500;

const UNKNOWN: Omit<Connection, 'id' | 'way' | 'openedAt'> = {
  records: [],
  requests: [],
  certificateSent: false,
  handshake: 'none',
  resumed: false,
  closed: 'open',
  applicationBytes: 0,
  settingsOnly: false,
  clientCertificate: false,
};

const countOf = (records: readonly RecordShape[], side: RecordShape['from']) =>
  records.filter(({ from }) => from === side).length;

/** `changed` is called with the record so far, each time it grows. */
export function openLog(id: number, way: Way, clock: () => number, changed: (now: Connection) => void): ConnectionLog {
  let end: Pick<Connection, 'closed' | 'closedAt'> | undefined;
  let state: Connection = { ...UNKNOWN, id, way, openedAt: clock() };
  const learn = (news: Partial<Connection>) => {
    state = { ...state, ...news };
    changed(state);
  };
  return {
    id,
    learn,
    ended: (how) => {
      end ??= { closed: how, closedAt: clock() };
    },
    settle: () => learn({ ...end }),
    sawRecord: (shape) => {
      if (countOf(state.records, shape.from) < MOST_SHAPES) learn({ records: [...state.records, shape] });
    },
    sawRequest: (request) => {
      if (state.requests.length < MOST_REQUESTS) learn({ requests: [...state.requests, request] });
    },
    sawOctets: (count) => learn({ applicationBytes: state.applicationBytes + count }),
    now: () => state,
  };
}
