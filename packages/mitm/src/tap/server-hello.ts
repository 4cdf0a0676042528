/** What a ServerHello chose (RFC 8446 4.1.3). */
export interface ServerChoice {
  /** Wire value, 0x0304 for TLS 1.3. */
  readonly version: number;
  readonly cipher: number;
  /** A session of before is continued with its key: no certificate follows (TLS 1.3). */
  readonly usesSession: boolean;
  /** The client is asked for another ClientHello (RFC 8446 4.1.4). */
  readonly isRetry: boolean;
}

const SUPPORTED_VERSIONS = 43;
const PRE_SHARED_KEY = 41;

/** SHA-256 of "HelloRetryRequest", in the place of the random. */
const RETRY = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

/** Our own server wrote it: what cannot be read is nothing rather than an error. */
export function readServerHello(body: Uint8Array): ServerChoice | undefined {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  if (body.length < 38) return undefined;
  const afterId = 35 + (body[34] ?? 0);
  if (body.length < afterId + 3) return undefined;
  const extensions = readExtensions(view, afterId + 3);
  const selected = extensions.get(SUPPORTED_VERSIONS);
  return {
    version: selected?.byteLength === 2 ? selected.getUint16(0) : view.getUint16(0),
    cipher: view.getUint16(afterId),
    usesSession: extensions.has(PRE_SHARED_KEY),
    isRetry: Buffer.from(body.subarray(2, 34)).toString('hex') === RETRY,
  };
}

function readExtensions(view: DataView, from: number): ReadonlyMap<number, DataView> {
  const extensions = new Map<number, DataView>();
  let at = from + 2;
  while (at + 4 <= view.byteLength) {
    const length = view.getUint16(at + 2);
    if (at + 4 + length > view.byteLength) break;
    extensions.set(view.getUint16(at), new DataView(view.buffer, view.byteOffset + at + 4, length));
    at += 4 + length;
  }
  return extensions;
}
