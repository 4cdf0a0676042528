import type { KeyObject } from 'node:crypto';
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
  /** Address to listen on; 127.0.0.1 unless the user asked for another. */
  readonly address: string;
  /** 0 for any port. */
  readonly port: number;
  /** Called when a connection is opened, learns something or ends: the record so far. */
  readonly onConnection?: (connection: Connection) => void;
  readonly timeouts: { readonly handshakeMs: number; readonly idleMs: number };
}

/** One listener that is a forward proxy (CONNECT, absolute-form, SOCKS5), a TLS server by SNI, and a cleartext server at once, told apart by the first octet. */
export interface Stage {
  readonly port: number;
  /** UDP port of the same number where it could be bound: HTTP/3 attempts are noticed there. */
  readonly udp: boolean;
  connections(): readonly Connection[];
  /** Ends every connection, then the listener; resolves when all is gone. */
  close(): Promise<void>;
}
