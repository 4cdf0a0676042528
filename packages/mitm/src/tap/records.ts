/** One TLS record as it passes (RFC 8446 5.1). */
export interface RecordWatcher {
  /** Header complete. */
  begun(type: number, length: number): void;
  /** Some octets of its fragment. */
  octets(type: number, part: Uint8Array): void;
  /** Fragment complete. */
  ended(type: number): void;
  /** What came is no TLS: nothing further is read in this direction. */
  lost(): void;
}

const HEADER = 5;
const FIRST_TYPE = 20;
const LAST_TYPE = 24;
/** TLS 1.2 allows 2,048 octets above the plaintext (RFC 5246 6.2.3). */
const MOST = 16_384 + 2_048;

/** Cuts one direction of a connection into records, whatever pieces it comes in, and keeps at most a header of it. */
export function splitRecords(watcher: RecordWatcher): (octets: Uint8Array) => void {
  let header: number[] = [];
  let left = 0;
  let isLost = false;
  const begin = (): void => {
    const [type = 0, major = 0, , high = 0, low = 0] = header;
    left = high * 256 + low;
    isLost = type < FIRST_TYPE || type > LAST_TYPE || major !== 3 || left > MOST;
    if (isLost) watcher.lost();
    else watcher.begun(type, left);
  };
  const end = (): void => {
    watcher.ended(header[0] ?? 0);
    header = [];
  };
  return (octets) => {
    let at = 0;
    while (at < octets.length && !isLost) {
      if (header.length < HEADER) {
        header.push(octets[at++] ?? 0);
        if (header.length < HEADER) continue;
        begin();
      } else {
        const part = octets.subarray(at, at + left);
        watcher.octets(header[0] ?? 0, part);
        left -= part.length;
        at += part.length;
      }
      if (left === 0 && !isLost) end();
    }
  };
}
