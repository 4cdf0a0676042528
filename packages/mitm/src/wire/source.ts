import type { Duplex } from 'node:stream';

/** So many octets of the stream, or undefined where it ends before. Never rejects: an error of the stream is its end. */
export async function readExactly(stream: Duplex, length: number): Promise<Uint8Array | undefined> {
  if (length === 0) return new Uint8Array();
  for (;;) {
    const bytes: unknown = stream.read(length);
    if (bytes instanceof Uint8Array) return bytes.length === length ? bytes : undefined;
    if (stream.readableEnded || stream.destroyed) return undefined;
    await somethingHappens(stream);
  }
}

const HAPPENINGS = ['readable', 'end', 'error', 'close'] as const;

function somethingHappens(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const happened = (): void => {
      for (const name of HAPPENINGS) stream.off(name, happened);
      resolve();
    };
    for (const name of HAPPENINGS) stream.on(name, happened);
  });
}
