/** What a handshake in clear says; bodies are kept for a ServerHello alone, and only until it is read. */
export interface HandshakeWatch {
  /** Octets of a handshake record in clear. False once they are no handshake messages. */
  feed(octets: Uint8Array): void;
}

export interface Message {
  readonly type: number;
  /** Of the messages whose bodies were asked for; otherwise empty. */
  readonly body: Uint8Array;
}

const HEADER = 4;
/** A ServerHello with a share of a post-quantum group has some 1,200 octets. */
const MOST_KEPT = 8_192;

/** Walks handshake messages (RFC 8446 4) across records; tells each when it begins, those of `kept` types when they are whole. */
export function watchHandshake(kept: ReadonlySet<number>, onMessage: (message: Message) => void): HandshakeWatch {
  let header: number[] = [];
  let body: number[] = [];
  let left = 0;
  const begin = (): void => {
    const [type = 0, high = 0, middle = 0, low = 0] = header;
    left = high * 65_536 + middle * 256 + low;
    if (!kept.has(type) || left > MOST_KEPT) onMessage({ type, body: new Uint8Array() });
  };
  const end = (): void => {
    const [type = 0] = header;
    if (kept.has(type) && body.length > 0) onMessage({ type, body: Uint8Array.from(body) });
    [header, body] = [[], []];
  };
  return {
    feed(octets) {
      let at = 0;
      while (at < octets.length) {
        if (header.length < HEADER) {
          header.push(octets[at++] ?? 0);
          if (header.length < HEADER) continue;
          begin();
        } else {
          const part = octets.subarray(at, at + left);
          if (kept.has(header[0] ?? 0) && body.length + part.length <= MOST_KEPT) body.push(...part);
          left -= part.length;
          at += part.length;
        }
        if (left === 0) end();
      }
    },
  };
}
