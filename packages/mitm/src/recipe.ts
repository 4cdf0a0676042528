/**
 * What a forged server shows, as a difference from the valid one: a member that is absent is as in the valid server. The
 * valid server has a chain leaf ← intermediate ← root (root not sent), the pinned P-256 key, the host's name as common
 * name and only subject alternative name, 60 days of life of which 30 have passed, SHA-256, TLS 1.2 and 1.3, HTTP/2 and
 * HTTP/1.1, no staple.
 */
export interface Recipe {
  readonly chain?: ChainRecipe;
  readonly tls?: TlsRecipe;
  readonly staple?: StapleRecipe;
  readonly http?: HttpRecipe;
  /** Bytes instead of a TLS server. */
  readonly raw?: RawRecipe;
}

/** Certificates that a chain may hold, by the place they have in the valid hierarchy. */
export const CERTIFICATES = [
  'leaf',
  'intermediate',
  /** Above the intermediate where `depth` is 2. */
  'upper-intermediate',
  'root',
  /** Another intermediate under the same root: other name, other key. */
  'second-intermediate',
  /** The intermediate's name and key identifier with another key; the root certified it. */
  'impostor-intermediate',
  /** The intermediate's name and key, certified by `second-intermediate`: another way to the same root. */
  'cross-intermediate',
  /** The root's name and key, expired. */
  'expired-root',
  /** An end-entity certificate of the same authority, used as an issuer. */
  'end-entity',
  /** The valid leaf, with the pinned key and signed by the trusted authority, beside whatever is forged. */
  'genuine',
  /** Self-signed, unrelated. */
  'stranger',
] as const;
export type CertificateName = (typeof CERTIFICATES)[number];

export interface ChainRecipe {
  readonly leaf?: CertificateRecipe;
  readonly intermediate?: CertificateRecipe;
  /** Above the intermediate, where `depth` is 2. */
  readonly upper?: CertificateRecipe;
  /** What is sent as the root; what the client trusts does not change. */
  readonly root?: CertificateRecipe;
  /** Whose hierarchy: trusted by the client (`lab`), unknown to it, or the trusted one's names and key identifiers with other keys. */
  readonly authority?: 'lab' | 'unknown' | 'impostor';
  /** Intermediates between root and leaf: 1 unless told. */
  readonly depth?: 1 | 2;
  /** What is sent, in this order, instead of the leaf and its issuers up to the root, which is not sent. */
  readonly send?: readonly CertificateName[];
  /** That many unrelated certificates after the chain. */
  readonly strangers?: number;
}

/** Text with `{host}`, `{parent}` (the host without its first label), `{grandparent}`, `{initial}` and `{last}` (characters of the first label), `{HOST}` (upper case). */
export type Template = string;
/** From now, in minutes, hours, days or years of 365 days: `-30m`, `+12h`, `-1d`, `+10y`. */
export type Span = string;

export interface CertificateRecipe {
  readonly key?: KeyName;
  /** Who signs: another certificate of the hierarchy, or `self`. */
  readonly issuer?: CertificateName | 'self';
  /** Common name; the first of `names` unless told, and the host where there is none; `''` for an empty subject. */
  readonly commonName?: Template;
  /** dNSNames, instead of the host's; none at all leaves the extension out. */
  readonly names?: readonly Template[];
  /** Addresses beside the names, for example `192.0.2.1`. */
  readonly addresses?: readonly string[];
  /** That many further names under `.invalid`. */
  readonly furtherNames?: number;
  readonly notBefore?: Span;
  readonly notAfter?: Span;
  readonly serial?: 'zero' | 'negative' | 'too-long';
  readonly version?: 1 | 2 | 3;
  readonly basicConstraints?: 'ca' | 'not-ca' | 'absent';
  readonly pathLength?: number;
  readonly keyUsage?: readonly ('digitalSignature' | 'keyCertSign' | 'cRLSign' | 'keyEncipherment')[] | 'absent';
  readonly extKeyUsage?: readonly ('serverAuth' | 'clientAuth' | 'codeSigning' | 'ocspSigning' | 'any')[] | 'absent';
  readonly extKeyUsageCritical?: boolean;
  readonly permitted?: readonly Template[];
  readonly excluded?: readonly Template[];
  /** That many further excluded names: a graph that is costly to walk. */
  readonly furtherExcluded?: number;
  readonly unknownExtension?: 'critical' | 'plain';
  readonly mustStaple?: boolean;
  /** The poison of a precertificate (RFC 6962 3.1). */
  readonly poison?: boolean;
  readonly timestamps?: TimestampsRecipe;
  /** The hash under this certificate's signature. */
  readonly hash?: 'sha256' | 'sha384' | 'sha1' | 'md5';
  readonly signature?: 'broken';
  /** Departures from DER. */
  readonly encoding?: 'indefinite-length' | 'long-length' | 'unsorted-set' | 'trailing-octet';
  /** A SubjectPublicKeyInfo that no library knows, instead of the key's. */
  readonly spki?: 'unknown-curve';
}

/** Certificate transparency: timestamps by the harness' own logs. */
export interface TimestampsRecipe {
  /** `none`: no timestamps, also for a client that cannot do without. */
  readonly by: 'embedded' | 'handshake' | 'none';
  readonly fault?: 'none' | 'signature' | 'unknown-log' | 'one-operator' | 'too-few' | 'future';
}

/** Keys by name. Pins are known to the client for those that are `pinned`. */
export const KEYS = [
  { name: 'pinned', kind: 'p256', pinned: true },
  { name: 'backup', kind: 'p256', pinned: true },
  { name: 'other', kind: 'p256', pinned: false },
  { name: 'pinned-p384', kind: 'p384', pinned: true },
  { name: 'pinned-ed25519', kind: 'ed25519', pinned: true },
  { name: 'pinned-rsa-2048', kind: 'rsa-2048', pinned: true },
  { name: 'pinned-rsa-4096', kind: 'rsa-4096', pinned: true },
  { name: 'pinned-rsa-1024', kind: 'rsa-1024', pinned: true },
  { name: 'pinned-rsa-512', kind: 'rsa-512', pinned: true },
  { name: 'pinned-rsa-exponent-3', kind: 'rsa-exponent-3', pinned: true },
  { name: 'pinned-p192', kind: 'p192', pinned: true },
] as const;
export type KeyName = (typeof KEYS)[number]['name'];
export type KeyKind = (typeof KEYS)[number]['kind'];

export const TLS_VERSIONS = ['ssl3', 'tls1.0', 'tls1.1', 'tls1.2', 'tls1.3'] as const;
export type TlsVersion = (typeof TLS_VERSIONS)[number];

export interface TlsRecipe {
  readonly versions?: readonly TlsVersion[];
  /** Answered in the ServerHello whether the client offered it or not, by its IANA name, for example `TLS_RSA_WITH_NULL_SHA256`. */
  readonly cipher?: string;
  /** Of the group for suites of DHE; 2,048 unless told. */
  readonly groupBits?: 1024 | 2048;
  /** TLS 1.2 to a client that offered 1.3, with the marker that says so (RFC 8446 4.1.3). */
  readonly downgrade?: 'with-sentinel' | 'without-sentinel';
  readonly alpn?: readonly string[];
  readonly clientCertificate?: 'request';
  /** `early-data`: tickets that allow 0-RTT. */
  readonly sessions?: 'tickets' | 'none' | 'early-data';
}

export interface StapleRecipe {
  /** `none`: no staple, also for a client that cannot do without. */
  readonly status: 'good' | 'revoked' | 'unknown' | 'try-later' | 'none';
  readonly fault?: 'expired' | 'signature' | 'serial' | 'foreign-responder' | 'no-next-update';
}

export interface HttpRecipe {
  /** 302 to this address; `{host}` and `{plain}` (the harness' port for cleartext) are filled in. */
  readonly redirect?: Template;
  readonly hsts?: boolean;
  /** Connections end after one answer; they are kept for further requests unless told. */
  readonly connection?: 'close';
  /** Alt-Svc for HTTP/3 on the same port number. */
  readonly http3?: boolean;
  /** The port for cleartext is answered; otherwise its connections are recorded and closed. */
  readonly cleartext?: 'answered';
}

export interface RawRecipe {
  /**
   * `closed`: TCP is closed after the ClientHello. `held`: nothing is ever said. `garbage`: octets that are no TLS.
   * `ssl3`: a ServerHello of SSL 3.0, whatever was offered.
   */
  readonly kind: 'closed' | 'held' | 'garbage' | 'ssl3';
}
