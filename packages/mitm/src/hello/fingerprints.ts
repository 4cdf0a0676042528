import { createHash } from 'node:crypto';

/** What fingerprints are made of; all numbers in the order of the wire, GREASE included. */
export interface Offered {
  /** legacy_version of the ClientHello. */
  readonly legacyVersion: number;
  readonly ciphers: readonly number[];
  readonly extensions: readonly number[];
  readonly groups: readonly number[];
  readonly pointFormats: readonly number[];
  readonly signatureAlgorithms: readonly number[];
  /** Of supported_versions; empty without the extension. */
  readonly versions: readonly number[];
  /** The first protocol of ALPN. */
  readonly protocol?: Uint8Array;
}

/** Values that clients strew in so that servers learn to ignore what they do not know (RFC 8701). */
export const isGrease = (value: number): boolean => (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff);

export const withoutGrease = (values: readonly number[]): readonly number[] =>
  values.filter((value) => !isGrease(value));

/** The text under a JA3: decimal numbers, lists by `-`, fields by `,` (github.com/salesforce/ja3, README). */
export function toJa3Text({ legacyVersion, ciphers, extensions, groups, pointFormats }: Offered): string {
  const lists = [ciphers, extensions, groups].map((list) => withoutGrease(list).join('-'));
  return [legacyVersion, ...lists, pointFormats.join('-')].join(',');
}

/** MD5 because its authors chose it: a name for a client, never a proof of anything. */
export const toJa3 = (offered: Offered): string => createHash('md5').update(toJa3Text(offered)).digest('hex');

/** JA4 for TLS over TCP, as FoxIO defines it (github.com/FoxIO-LLC/ja4, technical_details/JA4.md). */
export function toJa4(offered: Offered): string {
  const ciphers = withoutGrease(offered.ciphers);
  const extensions = withoutGrease(offered.extensions);
  const name = extensions.includes(SERVER_NAME) ? 'd' : 'i';
  const counts = `${twoDigits(ciphers.length)}${twoDigits(extensions.length)}`;
  const head = `t${versionOf(offered)}${name}${counts}${protocolOf(offered.protocol)}`;
  return [head, hashOf(sortedHex(ciphers)), extensionHash(extensions, offered.signatureAlgorithms)].join('_');
}

const [SERVER_NAME, ALPN] = [0, 16];

const VERSIONS: ReadonlyMap<number, string> = new Map([
  [0x0304, '13'],
  [0x0303, '12'],
  [0x0302, '11'],
  [0x0301, '10'],
  [0x0300, 's3'],
  [0x0002, 's2'],
]);

function versionOf({ versions, legacyVersion }: Offered): string {
  const offered = withoutGrease(versions);
  const highest = offered.length === 0 ? legacyVersion : Math.max(...offered);
  return VERSIONS.get(highest) ?? '00';
}

/** First and last character of the first protocol; of its hexadecimal form where one of them is no ASCII letter or digit. */
export function protocolOf(protocol: Uint8Array | undefined): string {
  if (protocol === undefined || protocol.length === 0) return '00';
  const text = Buffer.from(protocol).toString('latin1');
  const isPlain = /^[0-9A-Za-z]$/.test(text.slice(0, 1)) && /^[0-9A-Za-z]$/.test(text.slice(-1));
  const shown = isPlain ? text : Buffer.from(protocol).toString('hex');
  return `${shown.slice(0, 1)}${shown.slice(-1)}`;
}

/** Name and protocol are in the head already; signature algorithms keep their order, since clients never shuffle them. */
function extensionHash(extensions: readonly number[], signatureAlgorithms: readonly number[]): string {
  const list = sortedHex(extensions.filter((type) => type !== SERVER_NAME && type !== ALPN));
  const algorithms = withoutGrease(signatureAlgorithms).map(toHex4).join(',');
  if (list === '') return NOTHING;
  return hashOf(algorithms === '' ? list : `${list}_${algorithms}`);
}

const NOTHING = '000000000000';

const hashOf = (text: string): string =>
  text === '' ? NOTHING : createHash('sha256').update(text).digest('hex').slice(0, NOTHING.length);

const twoDigits = (count: number): string => String(Math.min(count, 99)).padStart(2, '0');

const toHex4 = (value: number): string => value.toString(16).padStart(4, '0');

const sortedHex = (values: readonly number[]): string => values.map(toHex4).sort().join(',');
