const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');
const FRAME_HEADER = 9;
const SETTINGS = 4;

/** Frames of HTTP/2 that keep a connection and carry nothing of an application (RFC 9113 6). */
const KEEPING: ReadonlyMap<number, string> = new Map([
  [2, 'PRIORITY'],
  [3, 'RST_STREAM'],
  [SETTINGS, 'SETTINGS'],
  [6, 'PING'],
  [7, 'GOAWAY'],
  [8, 'WINDOW_UPDATE'],
]);

export interface OctetNews {
  readonly application: (octets: number) => void;
  readonly settings: () => void;
}

export interface OctetCounter {
  readonly feed: (octets: Uint8Array) => void;
  /** No more will come: what could still have become the preface was none. */
  readonly end: () => void;
}

/**
 * Counts decrypted application octets before any parser of HTTP has a say. HTTP/2 is known by its preface, whatever ALPN
 * said: the preface and the frames of `KEEPING` are not counted, everything else is.
 */
export function createOctetCounter(news: OctetNews): OctetCounter {
  const countAll = (octets: Uint8Array) => news.application(octets.length);
  let matched = 0;
  const match = (octets: Uint8Array) => {
    const head = octets.subarray(0, PREFACE.length - matched);
    if (PREFACE.subarray(matched, matched + head.length).equals(head)) matched += head.length;
    else {
      count = countAll;
      news.application(matched + octets.length);
    }
    if (matched === PREFACE.length) {
      count = createFrameCounter(news);
      count(octets.subarray(head.length));
    }
  };
  let count = match;
  return {
    feed: (octets) => count(octets),
    end: () => {
      if (count === match && matched > 0) news.application(matched);
      count = countAll;
    },
  };
}

function createFrameCounter(news: OctetNews): (octets: Uint8Array) => void {
  let header = Buffer.alloc(0);
  let [left, counted] = [0, false];
  const begin = () => {
    const type = header.readUInt8(3);
    left = header.readUIntBE(0, 3);
    counted = !KEEPING.has(type);
    header = Buffer.alloc(0);
    if (counted) news.application(FRAME_HEADER);
    if (type === SETTINGS) news.settings();
  };
  /** Takes a part of a header or of a frame's content, and says how many octets it was. */
  const step = (octets: Uint8Array): number => {
    const part = octets.subarray(0, left > 0 ? left : FRAME_HEADER - header.length);
    if (left > 0) {
      left -= part.length;
      if (counted) news.application(part.length);
    } else {
      header = Buffer.concat([header, part]);
      if (header.length === FRAME_HEADER) begin();
    }
    return part.length;
  };
  return (octets) => {
    for (let at = 0; at < octets.length; ) at += step(octets.subarray(at));
  };
}
