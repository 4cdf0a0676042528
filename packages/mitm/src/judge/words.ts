import type { Connection, Observation } from '../observation.ts';

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
  [({ failure }) => failure !== undefined, ({ failure }) => `our end: ${failure}`],
  [() => true, ({ closed }) => END[closed]],
];

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

/** All connections of a case in a sentence: how many, by which TLS stacks, what is odd about them. */
export function describeAll({ connections }: Observation): string {
  const ours = connections.filter(({ stranger }) => stranger !== true);
  if (ours.length === 0) return 'No connection came.';
  const hellos = ours.flatMap(({ hello }) => (hello === undefined ? [] : [hello]));
  const stacks = new Set(hellos.map(({ ja4 }) => ja4));
  const counts = [
    [stacks.size, `by ${many(stacks.size, 'TLS stack', 'TLS stacks')} (JA4 ${[...stacks].sort().join(', ')})`],
    [hellos.filter(({ serverName }) => serverName === undefined).length, 'without a server name'],
    [ours.filter(({ way }) => way === 'udp').length, 'by UDP (HTTP/3)'],
    [ours.filter(({ way }) => way === 'cleartext').length, 'in cleartext'],
    [ours.filter(({ requests }) => requests.length > 0).length, 'with requests'],
  ] as const;
  const parts = counts
    .filter(([count]) => count > 0)
    .map(([count, text], index) => (index === 0 && stacks.size > 0 ? text : `${count} ${text}`));
  return [many(ours.length, 'connection', 'connections'), ...parts].join(', ').concat('.');
}
