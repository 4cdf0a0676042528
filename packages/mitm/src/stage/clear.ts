import type { Duplex } from 'node:stream';
import type { HttpScene } from './exchange.ts';
import { type Http1Hooks, noteUnknown, serveHttp1 } from './http1.ts';
import { serveHttp2 } from './http2.ts';
import { createOctetCounter } from './octets.ts';
import { Through } from './through.ts';

export interface ClearOrder {
  readonly scene: HttpScene;
  readonly protocol: 'http/1.1' | 'h2';
  /** The client ended by itself, in whatever words. */
  readonly goodbye: () => void;
  /** We have nothing more to say. */
  readonly finish: () => void;
  readonly hooks?: Http1Hooks;
}

/** What comes after decryption, or without it: octets are counted first, then a parser of HTTP may have them. */
export function serveClear(stream: Duplex, { scene, protocol, goodbye, finish, hooks }: ClearOrder): void {
  const { log } = scene;
  const counter = createOctetCounter({
    application: (octets) => {
      log.sawOctets(octets);
      if (log.now().settingsOnly) log.learn({ settingsOnly: false });
    },
    settings: () => {
      if (log.now().applicationBytes === 0) log.learn({ settingsOnly: true });
    },
  });
  stream.once('end', goodbye);
  const through = new Through(stream, { incoming: counter.feed, released: finish });
  through.once('close', () => {
    counter.end();
    noteUnknown(scene);
  });
  if (protocol === 'h2') serveHttp2(through, scene);
  else serveHttp1(through, scene, hooks);
}
