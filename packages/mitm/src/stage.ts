import type { KeyObject } from 'node:crypto';
import type { Clock, Random } from '@assay/core';
import type { Connection } from './observation.ts';
import type { HttpRecipe, RawRecipe, TlsRecipe } from './recipe.ts';

/** A recipe made into bytes: all that a server needs. Made by `forge`, served by `openStage`. */
export interface Forged {
  /** DER, in the order they are sent. */
  readonly chain: readonly Uint8Array[];
  readonly key: KeyObject;
  /** OCSP response, DER, sent where the client asks for one. */
  readonly staple?: Uint8Array;
  /** SignedCertificateTimestampList for extension 18. */
  readonly timestamps?: Uint8Array;
  readonly tls: TlsRecipe;
  readonly http: HttpRecipe;
  readonly raw?: RawRecipe;
}

export interface StageOrder {
  /** Names for which this stage answers with `forged`; lower case. Anything else is `others`. */
  readonly hosts: readonly string[];
  /** By host, so that two hosts of one case can differ; called once per connection, so that a case can change between connections. */
  readonly forgedFor: (host: string) => Forged;
  /** What a marked address holds: a request with it in its path or query is `marked`. */
  readonly marker: string;
  /** What happens to hosts nobody named: refused, or tunnelled untouched. */
  readonly others: 'refused' | 'passed-through';
  /** Which addresses strangers are carried to, where they are passed through; unless told, all but this machine's own and link-local ones: else whoever reaches the listener would reach what listens on loopback. `services` are not asked about, and the listener itself is never reached. */
  readonly mayPass?: (address: string) => boolean;
  /** Address to listen on; 127.0.0.1 unless the user asked for another. */
  readonly address: string;
  /** 0 for any port. */
  readonly port: number;
  /** Called when a connection is opened, learns something or ends: the record so far. */
  readonly onConnection?: (connection: Connection) => void;
  readonly timeouts: { readonly handshakeMs: number; readonly idleMs: number };
  readonly clock: Clock;
  readonly random: Random;
  /** What a TLS connection without a proxy is called: the listener cannot tell. `direct` unless told. */
  readonly unproxied?: 'direct' | 'transparent';
  /** Services of the harness itself, by `host:port` or `host` in lower case: tunnelled untouched to where they listen, whatever `others` says. */
  readonly services?: ReadonlyMap<string, { readonly address: string; readonly port: number }>;
  /** Answers what was decrypted, instead of the built-in pages. */
  readonly answer?: StageAnswer;
}

/** A request as decrypted, for an intercepting proxy that passes it on. Held in memory alone: records have no values. */
export interface Exchange {
  /** `Connection.id`. */
  readonly connection: number;
  readonly secure: boolean;
  readonly protocol: 'http/1.1' | 'h2';
  /** Lower case, without port: what the connection was opened for, or the Host of a cleartext request. */
  readonly host: string;
  /** Of the tunnel or of the Host; 443 or 80 where nobody named any. */
  readonly port: number;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** As they came, names in lower case, `host` among them; HTTP/2's other pseudo-headers and what concerns one hop are left out. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** At most 1 MiB: longer ones are answered 413. */
  readonly body: Uint8Array;
}

export interface ExchangeAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** A rejection is answered 502; an answer that takes longer than `timeouts.idleMs` comes too late. */
export type StageAnswer = (exchange: Exchange) => Promise<ExchangeAnswer>;

/** One listener that is a forward proxy (CONNECT, absolute-form, SOCKS5), a TLS server by SNI, and a cleartext server at once, told apart by the first octet. */
export interface Stage {
  readonly port: number;
  /** UDP port of the same number where it could be bound: HTTP/3 attempts are noticed there. */
  readonly udp: boolean;
  connections(): readonly Connection[];
  /** Ends every connection, then the listener; resolves when all is gone. */
  close(): Promise<void>;
}
