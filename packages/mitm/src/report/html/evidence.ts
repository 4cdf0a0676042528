import { wordsOfFailure } from '../../judge/words.ts';
import type { ClientExit, Connection, Observation, RecordShape, SeenRequest } from '../../observation.ts';
import { toDuration } from '../words.ts';
import { html, type Markup, NOTHING } from './markup.ts';

/** What one case may fill of a page; the JSON has everything. */
const MOST = { connections: 20, records: 40, requests: 10 } as const;

/** Names of record types (RFC 8446 B.1). */
const RECORDS: Readonly<Record<number, string>> = { 20: 'change', 21: 'alert', 22: 'handshake', 23: 'data' };

const END: Readonly<Record<Connection['closed'], string>> = {
  fin: 'closed by the client',
  reset: 'reset by the client',
  timeout: 'silent until the time was up',
  'by-us': 'closed by the harness',
  open: 'open when the watch ended',
};

/** Everything that was seen of a case. */
export function evidenceOf(observation: Observation, startedAt: number): Markup {
  const { connections, reports, exit } = observation;
  return html`<h4>Evidence</h4>
${connections.length === 0 ? html`<p>No connection came.</p>` : NOTHING}
${connections.slice(0, MOST.connections).map((connection) => connectionOf(connection, startedAt))}
${moreOf(connections.length - MOST.connections, 'connections')}
${reports.length === 0 ? NOTHING : html`<p>Reports of the client: ${reports.map(({ form, host }) => `${form}${host === undefined ? '' : ` for ${host}`}`).join(', ')}.</p>`}
${exit === undefined ? NOTHING : exitOf(exit)}`;
}

function connectionOf(connection: Connection, startedAt: number): Markup {
  const { id, way, host, port, openedAt, closedAt, closed, records, requests } = connection;
  const to = host === undefined ? 'nobody named' : `${host}${port === undefined ? '' : `:${port}`}`;
  const lasted = closedAt === undefined ? '' : `, lasted ${toDuration(closedAt - openedAt)}`;
  return html`<div class="connection"><p><strong>Connection ${id}</strong> to <code>${to}</code> (${way}), ${toDuration(
    Math.max(0, openedAt - startedAt),
  )} after the start${lasted}; ${END[closed]}.</p>
<dl class="facts">${factsOf(connection).map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>
${records.length === 0 ? NOTHING : shapesOf(records)}
${requests.slice(0, MOST.requests).map(requestOf)}${moreOf(requests.length - MOST.requests, 'requests')}</div>`;
}

type Fact = readonly [term: string, value: string | Markup];

function factsOf(connection: Connection): readonly Fact[] {
  const { handshake, version, cipher, alpn, alert, hello, failure, applicationBytes } = connection;
  const negotiated = [version, cipher, alpn].filter((value) => value !== undefined).join(', ');
  const said = alert === undefined ? 'none' : `${alert.code} ${alert.name} (${ALERT_BY[alert.by]})`;
  return [
    ['Handshake', `${handshake}${negotiated === '' ? '' : `: ${negotiated}`}${notesOf(connection)}`],
    ['Alert of the client', said],
    ['Application data', `${applicationBytes} octets${connection.settingsOnly ? ' (HTTP/2 settings alone)' : ''}`],
    ...(failure === undefined ? [] : [['Our end', wordsOfFailure(failure)] as const]),
    ...(hello === undefined
      ? []
      : ([
          ['Server name asked for', hello.serverName ?? 'none'],
          ['JA4', html`<code>${hello.ja4}</code>`],
          ['JA3', html`<code>${hello.ja3}</code>`],
        ] as const)),
  ];
}

const ALERT_BY = { wire: 'in clear on the wire', endpoint: 'in cipher, named by our end' } as const;

const notesOf = (connection: Connection): string =>
  [
    connection.certificateSent ? '' : 'no certificate of ours went out',
    connection.resumed ? 'an old session was resumed' : '',
    connection.clientCertificate ? 'the client showed its certificate' : '',
    connection.wentOn === true ? 'the client went on' : '',
    connection.stranger === true ? 'not a host of this case' : '',
  ]
    .filter((note) => note !== '')
    .map((note) => `; ${note}`)
    .join('');

function shapesOf(records: readonly RecordShape[]): Markup {
  const shown = records.slice(0, MOST.records);
  return html`<p class="soft">TLS records in the order of the wire, with their lengths in octets:</p><p class="shapes">${shown.map(
    ({ from, type, length }) =>
      html`<span class="${from}">${from === 'client' ? 'client →' : '← server'} ${RECORDS[type] ?? `type ${type}`} ${length}</span> `,
  )}${records.length > shown.length ? `and ${records.length - shown.length} more` : ''}</p>`;
}

function requestOf({ protocol, method, path, host, userAgent, headers, marked }: SeenRequest): Markup {
  const line = [method, path].filter((word) => word !== undefined).join(' ');
  const about = [host === undefined ? '' : `for ${host}`, userAgent === undefined ? '' : `by ${userAgent}`];
  return html`<p>Request (${protocol}): <code>${line === '' ? 'unreadable' : line}</code> ${about.filter((word) => word !== '').join(', ')}; ${
    marked ? 'it is the one that was asked for' : 'without the marker of the harness'
  }. ${headers.length === 0 ? NOTHING : html`<span class="soft">Headers, values not kept: ${headers.join(', ')}.</span>`}</p>`;
}

function exitOf({ status, milliseconds, stdout, stderr }: ClientExit): Markup {
  return html`<h4>What the client said</h4><p>It ended with <code>${status}</code> after ${toDuration(milliseconds)}. This is recorded, never judged.</p>
${printed('Output', stdout)}${printed('Errors', stderr)}`;
}

const printed = (name: string, text: string): Markup =>
  text.trim() === '' ? NOTHING : html`<p class="soft">${name}:</p><pre>${text}</pre>`;

const moreOf = (count: number, what: string): Markup =>
  count > 0 ? html`<p class="soft">${count} more ${what} are in the JSON.</p>` : NOTHING;
