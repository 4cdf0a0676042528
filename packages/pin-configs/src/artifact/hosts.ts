import { type BytesPredicate, containing } from '@assay/formats/artifacts';

/** What stands before a host in a text. */
const SCHEMES = ['https://', 'http://', 'wss://', 'ws://'] as const;

export const hasAddress: BytesPredicate = containing(SCHEMES);

const ADDRESS =
  /(?:https?|wss?):\/\/((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24})(?=[:/?#"'\s\\,;)\]}<>`]|$)/gi;

/** Names that stand for specifications, not for servers that an app speaks with. */
const NAMESPACES: ReadonlySet<string> = new Set([
  ...['schemas.android.com', 'www.w3.org', 'ns.adobe.com', 'schemas.microsoft.com', 'schemas.xmlsoap.org'],
  ...['xml.org', 'xmlpull.org', 'java.sun.com', 'javax.xml.xmlconstants', 'apache.org', 'xml.apache.org'],
  ...['www.apple.com', 'example.com', 'www.example.com', 'json-schema.org', 'purl.org', 'www.apache.org'],
]);

/** Names of Java packages, which XML namespaces borrow. */
const REVERSED = /^(?:javax?|com|org|net|android|io)\./;

/** Hosts of the addresses in a text. */
export function hostsIn(text: string): readonly string[] {
  const names = Array.from(text.matchAll(ADDRESS), ([, host = '']) => host.toLowerCase());
  return names.filter((name) => !NAMESPACES.has(name) && !REVERSED.test(name));
}

const MAX_ADDRESS = 300;
/** More addresses than any app has. */
const MAX_LOOKED_AT = 200_000;
const LATIN = new TextDecoder('latin1');

/** Hosts of the addresses in bytes of any kind: script bundles, compiled code. One pass, and nothing but the addresses is decoded. */
export function hostsInBytes(bytes: Uint8Array): readonly string[] {
  const found = new Set<string>();
  let left = MAX_LOOKED_AT;
  for (let at = bytes.indexOf(COLON); at !== -1 && left > 0; at = bytes.indexOf(COLON, at + 1)) {
    if (bytes[at + 1] !== SLASH || bytes[at + 2] !== SLASH) continue;
    left -= 1;
    const text = LATIN.decode(bytes.subarray(Math.max(0, at - 5), at + MAX_ADDRESS));
    const [first] = hostsIn(text);
    if (first !== undefined) found.add(first);
  }
  return [...found];
}

const COLON = 0x3a;
const SLASH = 0x2f;
