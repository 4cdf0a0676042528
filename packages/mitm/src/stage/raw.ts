import type { Duplex } from 'node:stream';
import type { RawRecipe } from '../recipe.ts';
import type { Forged } from '../stage.ts';
import type { Line } from './line.ts';

export interface RawOrder {
  readonly line: Line;
  /** Begins with the ClientHello. */
  readonly stream: Duplex;
  readonly random: (length: number) => Uint8Array;
  /** Serves the handshake that is described, by whichever engine can. */
  readonly serve: (forged: Forged) => void;
  readonly forged: Forged;
}

const GARBAGE_OCTETS = 512;

/** What a server does that is no TLS server. One that waits is ended by its client, or by the limit of a handshake. */
export const RAW: Readonly<Record<RawRecipe['kind'], (order: RawOrder) => void>> = {
  closed: ({ line }) => line.finish(),
  held: ({ stream }) => stream.resume(),
  garbage: ({ stream, random }) => {
    // No type of a record has the highest bit set.
    stream.resume().write(Buffer.from(random(GARBAGE_OCTETS)).fill(0xff, 0, 1));
  },
  ssl3: ({ serve, forged }) => serve({ ...forged, tls: { ...forged.tls, versions: ['ssl3'] } }),
};
