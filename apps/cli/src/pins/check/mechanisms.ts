import {
  type Connection,
  type Document,
  type Explained,
  explain,
  type Format,
  matchOkHttp,
  type PinnedHost,
} from '@assay/pin-configs';

/** What one mechanism of one file says about one connection, and the entries of it that concern the host. */
export interface Asked extends Explained {
  readonly entries: readonly PinnedHost[];
}

/** Asks every mechanism of the documents that pins, by its own platform's rules; the others are passed over. */
export function askMechanisms(
  documents: readonly Document[],
  connection: Connection,
  targetSdk: number,
): readonly Asked[] {
  const explained = explain(documents, connection, { targetSdk });
  const plain = documents.flatMap((document) => explainPlain(document, connection, explained));
  return [...explained, ...plain].map((each) => ({ ...each, entries: entriesOf(each, documents, connection.host) }));
}

/** Formats whose libraries have no rules beyond a host and its pins: asked as patterns of the same reach. */
function explainPlain(
  document: Document,
  connection: Connection,
  explained: readonly Explained[],
): readonly Explained[] {
  const isAnswered = (format: Format) =>
    explained.some(({ mechanism, file }) => mechanism === format && file === document.file);
  const formats = new Set(document.pinned.map(({ format }) => format).filter((format) => !isAnswered(format)));
  return [...formats].map((mechanism) => {
    const entries = document.pinned.filter(({ format, release }) => format === mechanism && release);
    const outcome = matchOkHttp(entries.filter(({ enforced }) => enforced).flatMap(patternsOf), connection);
    return { mechanism, file: document.file, outcome };
  });
}

const WILDCARDS: Readonly<Record<PinnedHost['subdomains'], string | undefined>> = {
  none: undefined,
  one: '*',
  all: '**',
};

function patternsOf({ host, subdomains, apex, pins }: PinnedHost) {
  const wildcard = WILDCARDS[subdomains];
  const bare = host.text.replace(/^\*{1,2}\./, '');
  const spelled = pins.map((pin) => ({
    ...pin,
    text: pin.text.startsWith('sha256/') ? pin.text : `sha256/${pin.text}`,
  }));
  const pattern = (text: string) => ({ pattern: { ...host, text }, pins: spelled });
  // OkHttp's `**.` takes the apex in; its `*.` does not.
  return [...(apex ? [pattern(bare)] : []), ...(wildcard === undefined ? [] : [pattern(`${wildcard}.${bare}`)])];
}

function entriesOf(
  { mechanism, file }: Explained,
  documents: readonly Document[],
  host: string,
): readonly PinnedHost[] {
  const entries = documents.filter((document) => document.file === file).flatMap(({ pinned }) => pinned);
  return entries.filter((entry) => entry.format === mechanism && entry.release && concerns(entry, host));
}

/** For what is told about an entry; whether it decides, the platform's own matcher has said. */
function concerns({ host: { text }, subdomains, apex }: PinnedHost, host: string): boolean {
  const bare = text
    .toLowerCase()
    .replace(/^\*{1,2}\./, '')
    .replace(/\.$/, '');
  if (host === bare) return apex;
  if (subdomains === 'none' || !host.endsWith(`.${bare}`)) return false;
  return subdomains === 'all' || !host.slice(0, -bare.length - 1).includes('.');
}
