import type { Connection, Observation } from '../observation.ts';
import { MITM_REASONS } from '../reasons.ts';

type Phrase = readonly [holds: (connection: Connection) => boolean, text: (connection: Connection) => string];

const END: Readonly<Record<Connection['closed'], string>> = {
  fin: 'the client closed',
  reset: 'the client reset the connection',
  timeout: 'silence until our time was up',
  'by-us': 'closed by the harness',
  open: 'still open',
};

const HANDSHAKE: Readonly<Record<Connection['handshake'], string>> = {
  none: 'no handshake',
  started: 'handshake not finished',
  completed: 'handshake finished',
};

/** What is worth saying of a connection, in the order that it happened. */
const PHRASES: readonly Phrase[] = [
  [({ way }) => way !== 'udp' && way !== 'cleartext', ({ handshake }) => HANDSHAKE[handshake]],
  [({ resumed }) => resumed, () => 'an old session was resumed'],
  [({ clientCertificate }) => clientCertificate, () => 'with the certificate of the client'],
  [({ settingsOnly }) => settingsOnly, () => 'HTTP/2 settings and no stream'],
  [({ applicationBytes }) => applicationBytes > 0, ({ applicationBytes }) => `${applicationBytes} octets of data`],
  [({ requests }) => requests.length > 0, requestPhrase],
  [
    ({ alert }) => alert !== undefined,
    ({ alert }) => `alert ${alert?.code} ${alert?.name}${alert?.by === 'wire' ? ' in clear' : ''}`,
  ],
  [({ failure }) => failure !== undefined, ({ failure = '' }) => `our end: ${wordsOfFailure(failure)}`],
  [() => true, ({ closed }) => END[closed]],
];

/** Why our end gave up: registered codes by what they mean, those of OpenSSL as they are, since people look them up. */
export const wordsOfFailure = (failure: string): string =>
  Object.values(MITM_REASONS).find(({ code }) => code === failure)?.summary ?? failure;

/** One connection in a line, for people. */
export function describeConnection(connection: Connection): string {
  const said = PHRASES.filter(([holds]) => holds(connection)).map(([, text]) => text(connection));
  const to = connection.host === undefined ? '' : ` to ${connection.host}`;
  return `connection ${connection.id}${to} (${connection.way}): ${said.join(', ')}`;
}

function requestPhrase({ requests }: Connection): string {
  const marked = requests.some((request) => request.marked);
  const many = requests.length === 1 ? '1 request' : `${requests.length} requests`;
  return `${many} ${marked ? 'with' : 'without'} the marker`;
}

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

/** What is worth counting of all connections, beside their TLS stacks. */
const COUNTED: readonly (readonly [text: string, holds: (connection: Connection) => boolean])[] = [
  ['without a server name', ({ hello }) => hello !== undefined && hello.serverName === undefined],
  ['by UDP (HTTP/3)', ({ way }) => way === 'udp'],
  ['in cleartext', ({ way }) => way === 'cleartext'],
  ['with requests', ({ requests }) => requests.length > 0],
];

/** All connections of a case in a sentence: how many, by which TLS stacks to which hosts, what is odd about them. */
export function describeAll({ connections }: Observation): string {
  const ours = connections.filter(({ stranger }) => stranger !== true);
  if (ours.length === 0) return nobodyCame(connections);
  const counts = COUNTED.map(([text, holds]) => [ours.filter(holds).length, text] as const);
  const odd = counts.filter(([count]) => count > 0).map(([count, text]) => `${count} ${text}`);
  return `${[many(ours.length, 'connection', 'connections'), ...stackPhrase(ours), ...odd].join(', ')}.`;
}

function nobodyCame(strangers: readonly Connection[]): string {
  if (strangers.length === 0) return 'No connection came.';
  const hosts = new Set(strangers.flatMap(({ host }) => host ?? []));
  const to = hosts.size === 0 ? '' : ` to ${listed([...hosts])}`;
  const they = many(strangers.length, 'connection', 'connections');
  return `No connection came for this case; ${they}${to}, not among its hosts, turned away or passed through.`;
}

function stackPhrase(connections: readonly Connection[]): readonly string[] {
  const stacks = [...new Set(connections.flatMap(({ hello }) => hello?.ja4 ?? []))].sort();
  if (stacks.length === 0) return [];
  const each = stacks.map((ja4) => `JA4 ${ja4}${whereabouts(connections.filter(({ hello }) => hello?.ja4 === ja4))}`);
  return [`by ${many(stacks.length, 'TLS stack', 'TLS stacks')} (${each.join('; ')})`];
}

/** Where a stack went and what it called itself. */
function whereabouts(connections: readonly Connection[]): string {
  const hosts = new Set(connections.flatMap(({ host }) => host ?? []));
  const agents = new Set(connections.flatMap(({ requests }) => requests.flatMap(({ userAgent }) => userAgent ?? [])));
  const to = hosts.size === 0 ? '' : ` to ${listed([...hosts])}`;
  return agents.size === 0 ? to : `${to} as ${listed([...agents])}`;
}

const MOST_LISTED = 5;

const listed = (names: readonly string[]): string =>
  names.length <= MOST_LISTED
    ? names.join(', ')
    : `${names.slice(0, MOST_LISTED).join(', ')} and ${names.length - MOST_LISTED} more`;
