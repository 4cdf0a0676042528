import { AssayError } from '@assay/core';
import { type Document, explain, type LiveHost, readDocuments, verdictOf } from '@assay/pin-configs';
import { findingsIn } from './findings.ts';
import { keysIn } from './keys.ts';
import type { Analysis, Connecting, FoundKey, Question, Sheet, SheetState, Task } from './model.ts';
import { writtenFrom } from './written.ts';

/** What one sheet holds. */
interface Read {
  readonly state: SheetState;
  readonly keys: readonly FoundKey[];
  readonly documents: readonly Document[];
}

/** Everything that the page shows about its sheets. A sheet that cannot be read says why; the others go on. */
export async function analyse({ sheets, now, question, wishes }: Task): Promise<Analysis> {
  const reads = await Promise.all(sheets.map(readSheet));
  const keys = reads.flatMap((read) => read.keys);
  const documents = reads.flatMap((read) => read.documents);
  const policy = documents.find((document) => document.kind === 'policy')?.policy;
  return {
    sheets: reads.map(({ state }) => state),
    keys,
    ...(documents.length === 0 ? {} : { lint: findingsIn(documents, now, liveOf(question.host, keys)) }),
    ...connectingOf(documents, question, keys),
    ...(policy === undefined ? {} : { written: writtenFrom(policy, wishes) }),
  };
}

async function readSheet(sheet: Sheet): Promise<Read> {
  const { name } = sheet;
  try {
    const keys = await keysIn(sheet);
    if (keys.length > 0) return { state: { name, kind: 'keys' }, keys, documents: [] };
    return readConfiguration(sheet);
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return { state: { name, kind: 'unreadable', fault: error.message }, keys: [], documents: [] };
  }
}

const NOTHING =
  'Nothing in it is about pins or TLS. The name decides how it is read: give it the one it has in the project.';

function readConfiguration({ name, bytes }: Sheet): Read {
  const documents = readDocuments(name, bytes);
  const broken = documents.find((document) => document.kind === 'unreadable');
  const kind = documents[0]?.kind ?? 'nothing';
  const fault = documents.length === 0 ? NOTHING : broken && faultOf(broken);
  return { state: { name, kind, ...(fault === undefined ? {} : { fault }) }, keys: [], documents };
}

/** Binary forms have no lines. */
const faultOf = ({ place, message }: Extract<Document, { kind: 'unreadable' }>): string =>
  place.line > 0 ? `line ${place.line}: ${message}` : message;

const certificatesOf = (keys: readonly FoundKey[]) =>
  keys.flatMap(({ certificate, pin, role }) =>
    certificate === undefined || role === 'request' || role === 'public key' ? [] : [{ certificate, pin, role }],
  );

/** The pasted chain, as what the host serves: rules that compare with it then run. */
function liveOf(host: string, keys: readonly FoundKey[]): ReadonlyMap<string, LiveHost> {
  const path = certificatesOf(keys).map(({ pin, role, certificate: { digest, notBefore, notAfter, issuer } }) => ({
    ...{ pin, role, certificateDigest: digest, notBefore, notAfter, issuer },
  }));
  return host === '' || path.length === 0 ? new Map() : new Map([[host, { path }]]);
}

function connectingOf(
  documents: readonly Document[],
  { host, at, build, anchor, targetSdk }: Question,
  keys: readonly FoundKey[],
): { readonly connecting?: Connecting } {
  const path = certificatesOf(keys).map(({ pin }) => pin);
  if (host === '' || path.length === 0 || documents.length === 0) return {};
  const mechanisms = explain(documents, { host, at, build, anchor, path, zoneMinutes: 0 }, { targetSdk });
  return { connecting: { answer: verdictOf(mechanisms), mechanisms } };
}
