import { generateKeyPairSync } from 'node:crypto';
import {
  type Case,
  type ClientExit,
  CONTROL,
  type Connection,
  type LaunchOrder,
  type Progress,
  type RunOrder,
  type Stage,
  type StageOrder,
} from '@assay/mitm';

/** What a client does in one case: connections that its stage then records, and how it ends. */
export interface Part {
  readonly connections?: readonly Partial<Connection>[];
  /** Later ones, that come while the case is watched. */
  readonly later?: readonly Partial<Connection>[];
  readonly exit?: Partial<ClientExit>;
  /** It never ends by itself. */
  readonly hangs?: boolean;
}

export const REQUEST: Partial<Connection> = {
  handshake: 'completed',
  certificateSent: true,
  applicationBytes: 60,
  closed: 'fin',
  requests: [{ protocol: 'http/1.1', headers: [], marked: true }],
};
export const REFUSAL: Partial<Connection> = { handshake: 'started', certificateSent: true, closed: 'reset' };

const HELLO: NonNullable<Connection['hello']> = {
  ...{ versions: [0x0304], alpn: [], ciphers: [], extensions: [], groups: [], signatureAlgorithms: [] },
  ...{ asksForStaple: false, asksForTimestamps: false, offersSession: false, offersEarlyData: false, ja3: '', ja4: '' },
};
const CONNECTION: Connection = {
  ...{ id: 0, way: 'connect', host: 'api.test', openedAt: 0, records: [], certificateSent: false, handshake: 'none' },
  ...{
    resumed: false,
    closed: 'open',
    applicationBytes: 0,
    settingsOnly: false,
    requests: [],
    clientCertificate: false,
  },
  hello: HELLO,
};
const EXIT: ClientExit = { status: 0, stdout: '', stderr: '', milliseconds: 1 };

export interface Played {
  readonly order: RunOrder;
  readonly launched: readonly LaunchOrder[];
  readonly stages: readonly StageOrder[];
  readonly progress: readonly Progress[];
  /** Stages that are open. */
  readonly open: () => number;
  readonly pauses: readonly number[];
}

/** A run without a network or a clock: `part` says what the client does in each case, the nth time it is asked. */
export function play(
  cases: readonly Case[],
  part: (id: string, time: number) => Part,
  changes: Partial<RunOrder> = {},
): Played {
  const [launched, stages, progress, pauses]: [LaunchOrder[], StageOrder[], Progress[], number[]] = [[], [], [], []];
  const records = new Map<number, Connection[]>();
  let open = 0;
  const times = new Map<string, number>();
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const connect = (port: number, given: readonly Partial<Connection>[] = []): void => {
    const list = records.get(port) ?? [];
    for (const each of given) list.push({ ...CONNECTION, ...each, id: list.length });
  };
  const later = new Map<number, readonly Partial<Connection>[]>();
  const order: RunOrder = {
    ports: {
      forge: async () => ({ chain: [], key, tls: {}, http: {} }),
      openStage: async (stage): Promise<Stage> => {
        open += 1;
        const port = stages.push(stage);
        records.set(port, []);
        let isOpen = true;
        return {
          ...{ port, udp: false, connections: () => records.get(port) ?? [] },
          close: async () => {
            if (isOpen) open -= 1;
            isOpen = false;
          },
        };
      },
      launch: async (given) => {
        launched.push(given);
        const { case: item, place, signal } = given;
        const time = (times.get(item.id) ?? 0) + 1;
        times.set(item.id, time);
        const does = part(item.id, time);
        connect(place.port, does.connections);
        later.set(place.port, does.later ?? []);
        if (does.hangs) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        return { ...EXIT, ...does.exit };
      },
      clock: () => 1_000,
      random: (length) => new Uint8Array(length),
      pause: async (milliseconds) => {
        pauses.push(milliseconds);
        await new Promise((resolve) => setImmediate(resolve));
        if (milliseconds !== 3_000) return;
        for (const [port, given] of later) connect(port, given);
        later.clear();
      },
      reproduce: ({ id }) => `again ${id}`,
    },
    ...{ cases, left: [], control: CONTROL, run: '0123456789abcdef', way: 'proxy', hosts: ['api.test'] },
    profile: { name: 'p', title: 'P', can: [], except: {}, known: {} },
    ...{ client: { profile: 'p' }, version: '1', madeBy: {}, clockSeconds: 0 },
    hostsOf: () => ({ host: 'api.test', secondHost: 'second.api.test' }),
    stage: { address: '127.0.0.1', port: 0, handshakeMs: 5, idleMs: 5 },
    ...{ limitMs: 10_000, watchMs: 3_000, jobs: 2, signal: new AbortController().signal },
    onProgress: (each) => void progress.push(each),
    ...changes,
  };
  return { order, launched, stages, progress, pauses, open: () => open };
}
