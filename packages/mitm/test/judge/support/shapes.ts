import type { Case } from '../../../src/case.ts';
import type { JudgeContext } from '../../../src/judge/bench.ts';
import type { ClientHello, Connection, Observation, RecordShape, SeenRequest } from '../../../src/observation.ts';
import { alertName } from '../../../src/wire/codes.ts';

const HELLO: ClientHello = {
  ...{ versions: [0x0304, 0x0303], serverName: 'api.assay.test', alpn: ['h2', 'http/1.1'], ciphers: [0x1301] },
  ...{ extensions: [0, 16, 43], groups: [29], signatureAlgorithms: [0x0403], asksForStaple: false },
  ...{ asksForTimestamps: false, offersSession: false, offersEarlyData: false },
  ...{ ja3: '0149f47eabf9a20d0893e2a44e5a6323', ja4: 't13d3112h2_e8f1e7e78f70_b26ce05bbdd6' },
};

export const REQUEST: SeenRequest = {
  ...{ protocol: 'http/1.1', method: 'GET', path: '/assay-0123456789abcdef/N4', host: 'api.assay.test' },
  ...{ userAgent: 'curl/7.88.1', headers: ['host', 'user-agent', 'accept'], marked: true },
};

const record = (from: RecordShape['from'], type: number, length: number): RecordShape => ({ from, type, length });
const FLIGHT = [
  record('client', 22, 512),
  record('server', 22, 122),
  record('server', 20, 1),
  record('server', 23, 900),
];

/** A hello came, our Certificate went out, and the client closed: what most shapes differ from. */
const SILENT: Connection = {
  ...{ id: 1, way: 'connect', host: 'api.assay.test', port: 443, openedAt: 1_000, closedAt: 1_040, hello: HELLO },
  ...{ records: FLIGHT, certificateSent: true, handshake: 'started', version: 'TLSv1.3', resumed: false },
  ...{ closed: 'reset', applicationBytes: 0, settingsOnly: false, requests: [], clientCertificate: false },
};

const alert = (code: number, by: 'wire' | 'endpoint') => ({ code, name: alertName(code), by });

/** Shapes as they were measured. */
export const SHAPES = {
  'Node closes in silence': SILENT,
  'OpenSSL says unknown_ca in clear': {
    ...SILENT,
    ...{ alert: alert(48, 'wire'), records: [...FLIGHT, record('client', 21, 2)], closed: 'fin' },
  },
  'JSSE says certificate_unknown in cipher': {
    ...SILENT,
    ...{ alert: alert(46, 'endpoint'), records: [...FLIGHT, record('client', 20, 1), record('client', 23, 35)] },
  },
  'curl finds the wrong pin': {
    ...SILENT,
    ...{ handshake: 'completed', closed: 'fin', settingsOnly: false },
    records: [...FLIGHT, record('client', 20, 1), record('client', 23, 69), record('client', 23, 19)],
  },
  'curl finds the wrong pin over HTTP/2': { ...SILENT, handshake: 'completed', closed: 'fin', settingsOnly: true },
  'OkHttp closes after its check': { ...SILENT, handshake: 'completed', closed: 'fin' },
  'an alert after the handshake': { ...SILENT, handshake: 'completed', alert: alert(46, 'endpoint') },
  'a request': { ...SILENT, handshake: 'completed', closed: 'fin', applicationBytes: 180, requests: [REQUEST] },
  'no common version': { ...SILENT, certificateSent: false, failure: 'ERR_SSL_UNSUPPORTED_PROTOCOL', closed: 'by-us' },
  'alert protocol_version': { ...SILENT, certificateSent: false, alert: alert(70, 'wire') },
  'only looked': { ...SILENT, hello: undefined, certificateSent: false, handshake: 'none', records: [] },
  'silence until our time was up': { ...SILENT, closed: 'timeout' },
  'still open': { ...SILENT, closed: 'open' },
  'handshake and no word': { ...SILENT, handshake: 'completed', closed: 'open' },
  'cut by us': { ...SILENT, closed: 'by-us' },
  'a session resumed, and closed': { ...SILENT, resumed: true, certificateSent: false, handshake: 'completed' },
} as const satisfies Readonly<Record<string, Omit<Connection, 'hello'> & { readonly hello?: ClientHello | undefined }>>;

/** The shape without members that are there and undefined, as they come from JSON. */
export function shape(name: keyof typeof SHAPES, change: Partial<Connection> = {}): Connection {
  const { hello, ...rest } = SHAPES[name];
  return { ...rest, ...(hello === undefined ? {} : { hello }), ...change };
}

export const NEGATIVE: Case = {
  ...{ id: 'N4', title: 'A trusted authority, a key that is not pinned', group: 'trust', why: 'Interception.' },
  ...{ expect: 'refuse', needs: ['lab-ca'], from: 'valid', recipe: { chain: { leaf: { key: 'other' } } } },
  ...{ host: '{host}', steps: ['request'], masvs: ['MASVS-NETWORK-2'], mastg: ['MASTG-TEST-0244'] },
  ...{ maswe: ['MASWE-0047'], clauses: ['RFC 7469 2.6'] },
};

export const POSITIVE: Case = {
  ...NEGATIVE,
  id: 'P1',
  title: 'The valid server',
  group: 'control',
  expect: 'accept',
  recipe: {},
};

export const PASSED: JudgeContext = { controls: 'passed', reportsExpected: false, settled: true };

export const seen = (...connections: readonly Connection[]): Observation => ({ connections, reports: [] });
