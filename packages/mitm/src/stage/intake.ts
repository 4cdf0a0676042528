import type { Duplex } from 'node:stream';

/** What a parser made of the octets so far: `undefined` for "more, please". */
export type Taken<T> = { readonly value: T; readonly length: number } | undefined;

/**
 * Reads from the start of a stream until `parse` is content, and gives back what it did not take: who reads next sees
 * it first. `undefined` where the stream ended before that, or `limit` octets were not enough.
 */
export function take<T>(stream: Duplex, limit: number, parse: (octets: Buffer) => Taken<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    let octets = Buffer.alloc(0);
    const finish = (taken: Taken<T>) => {
      stream.off('data', more).off('end', nothing).off('close', nothing).pause();
      const rest = octets.subarray(taken?.length ?? 0);
      if (rest.length > 0 && !stream.readableEnded && !stream.destroyed) stream.unshift(rest);
      resolve(taken?.value);
    };
    const nothing = () => finish(undefined);
    const more = (chunk: Buffer) => {
      octets = Buffer.concat([octets, chunk]);
      const taken = parse(octets);
      if (taken !== undefined || octets.length >= limit) finish(taken);
    };
    if (stream.destroyed || stream.readableEnded) return resolve(undefined);
    stream.on('data', more).on('end', nothing).on('close', nothing).resume();
  });
}
