/** How a connection came to the harness. */
export const WAYS = ['connect', 'socks5', 'transparent', 'direct', 'cleartext', 'udp'] as const;
export type Way = (typeof WAYS)[number];

/** As much of a ClientHello as evidence needs (RFC 8446 4.1.2). */
export interface ClientHello {
  /** Highest version offered: supported_versions, else legacy_version; wire value, 0x0304 for TLS 1.3. */
  readonly versions: readonly number[];
  readonly serverName?: string;
  readonly alpn: readonly string[];
  readonly ciphers: readonly number[];
  readonly extensions: readonly number[];
  readonly groups: readonly number[];
  readonly signatureAlgorithms: readonly number[];
  readonly asksForStaple: boolean;
  readonly asksForTimestamps: boolean;
  readonly offersSession: boolean;
  readonly offersEarlyData: boolean;
  readonly ja3: string;
  readonly ja4: string;
}

/** One TLS record by its header (RFC 8446 5.1); content is never kept. */
export interface RecordShape {
  readonly from: 'client' | 'server';
  /** 20 change_cipher_spec, 21 alert, 22 handshake, 23 application_data. */
  readonly type: number;
  readonly length: number;
}

export interface Alert {
  /** AlertDescription (RFC 8446 6). */
  readonly code: number;
  readonly name: string;
  /** Read in clear on the wire, or named by our end of the connection. */
  readonly by: 'wire' | 'endpoint';
}

/** What arrived in clear after decryption. Values of headers are never kept. */
export interface SeenRequest {
  readonly protocol: 'http/1.1' | 'h2' | 'websocket' | 'unknown';
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly userAgent?: string;
  /** Names of headers, lower case. */
  readonly headers: readonly string[];
  /** Epoch milliseconds; when the connection was opened, unless told. */
  readonly at?: number;
  /** The marker that the harness put into the address came back. */
  readonly marked: boolean;
}

/** Everything that is known of one connection; plain data, so that a run can be judged again from its record. */
export interface Connection {
  readonly id: number;
  readonly way: Way;
  /** As named by CONNECT, SOCKS, Host or SNI; absent where nobody named any. */
  readonly host?: string;
  readonly port?: number;
  /** Epoch milliseconds. */
  readonly openedAt: number;
  readonly closedAt?: number;
  readonly hello?: ClientHello;
  readonly records: readonly RecordShape[];
  /** Our Certificate message went out. */
  readonly certificateSent: boolean;
  readonly handshake: 'none' | 'started' | 'completed';
  readonly version?: string;
  readonly cipher?: string;
  readonly alpn?: string;
  readonly resumed: boolean;
  readonly alert?: Alert;
  /** How it ended for the client's side. `open`: not yet. */
  readonly closed: 'fin' | 'reset' | 'timeout' | 'by-us' | 'open';
  /** Decrypted application octets, HTTP/2's preface and settings not counted. */
  readonly applicationBytes: number;
  /** HTTP/2 settings came, no stream. */
  readonly settingsOnly: boolean;
  readonly requests: readonly SeenRequest[];
  /** A certificate of the client's came (TLS client authentication). */
  readonly clientCertificate: boolean;
  /** Our end gave up, with its error code, for example ERR_SSL_NO_SHARED_CIPHER. */
  readonly failure?: string;
  /** The client went on after a ServerHello with forbidden parameters. */
  readonly wentOn?: boolean;
  /** Its host is none of this case's: refused or tunnelled untouched. Never judged. */
  readonly stranger?: boolean;
}

/** What the client said of a refusal to the report endpoint. */
export interface PinReport {
  readonly at: number;
  readonly form: 'trustkit' | 'rfc7469' | 'assay' | 'unknown';
  readonly host?: string;
}

/** How the client's process ended; absent for phones. */
export interface ClientExit {
  /** Exit status, or the signal's name. */
  readonly status: number | string;
  /** The end of what it printed, control characters removed, at most 2,000 characters each. */
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

/** Everything observed for one case. */
export interface Observation {
  readonly connections: readonly Connection[];
  readonly reports: readonly PinReport[];
  readonly exit?: ClientExit;
  /** When the pin service had handed over what the case offers (epoch milliseconds): requests before it were right. */
  readonly pinsServedAt?: number;
  /** `host:port` at which the harness serves pin sets or takes reports, untouched: what goes there is no leak. */
  readonly services?: readonly string[];
  /** The host of ASSAY_SECOND_URL. */
  readonly secondHost?: string;
}
