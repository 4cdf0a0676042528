import { DerReader, equalBytes, TAG, toHex } from '@assay/formats';
import { readSignatureBits } from './certificate.ts';
import { type Extensions, readExtensions } from './extensions/index.ts';
import { malformed } from './faults.ts';
import { type Name, readName } from './names.ts';
import { readAlgorithmIdentifier, type Signed } from './signed.ts';

/** A certificate revocation list (RFC 5280 5), parsed once and strictly. Proves nothing until it was verified. */
export interface Crl extends Signed {
  readonly issuer: Name;
  /** Epoch milliseconds. */
  readonly thisUpdate: number;
  /** Absent means that the list never says when it is out of date: it is refused then. */
  readonly nextUpdate: number | undefined;
  /** Serial numbers, hex of the content octets. */
  readonly revoked: ReadonlySet<string>;
  /** Critical extensions of entries; any of them changes what the entry means. */
  readonly criticalEntryExtensions: ReadonlySet<string>;
  readonly extensions: Extensions;
}

/** Lists are larger than certificates: up to 16 MB and half a million entries. */
const CRL_LIMITS = { maxBytes: 1 << 24, maxNodes: 1 << 22 };

/** Parses a CRL. Raises FormatError, and RequestError x509.version_invalid, x509.algorithm_mismatch, x509.extension_duplicate. */
export function parseCrl(der: Uint8Array): Crl {
  const outer = DerReader.of(der, CRL_LIMITS);
  const fields = outer.enter(TAG.SEQUENCE);
  const { raw: tbs, inside } = fields.enterWhole(TAG.SEQUENCE);
  const signatureAlgorithm = readAlgorithmIdentifier(fields, false);
  const signature = readSignatureBits(fields);
  fields.end();
  outer.end();
  const { innerAlgorithm, ...signedPart } = readTbs(inside);
  if (!equalBytes(innerAlgorithm, signatureAlgorithm.raw)) {
    throw malformed('x509.algorithm_mismatch', { clause: 'RFC 5280 5.1.1.2' });
  }
  return { tbs, signatureAlgorithm, signature, ...signedPart };
}

type SignedPart = Omit<Crl, keyof Signed> & { readonly innerAlgorithm: Uint8Array };

/** TBSCertList, in the order of RFC 5280 5.1. */
function readTbs(fields: DerReader): SignedPart {
  const version = fields.peek() === TAG.INTEGER ? fields.smallInteger(255) : 0;
  if (version !== 1) throw malformed('x509.version_invalid', { clause: 'RFC 5280 5.1.2.1', expected: 'v2' });
  const innerAlgorithm = readAlgorithmIdentifier(fields, false).raw;
  const issuer = readName(fields);
  const thisUpdate = fields.time();
  const nextUpdate = isTime(fields.peek()) ? fields.time() : undefined;
  const entries = fields.peek() === TAG.SEQUENCE ? readEntries(fields.enter(TAG.SEQUENCE)) : NO_ENTRIES;
  const extensions = readTail(fields);
  return { innerAlgorithm, issuer, thisUpdate, nextUpdate, ...entries, extensions };
}

function isTime(identifier: number | undefined): boolean {
  return identifier === TAG.UTC_TIME || identifier === TAG.GENERALIZED_TIME;
}

function readTail(fields: DerReader): Extensions {
  const tagged = fields.explicit(0);
  fields.end();
  if (tagged === undefined) return new Map();
  const extensions = readExtensions(tagged.enter(TAG.SEQUENCE), false);
  tagged.end();
  return extensions;
}

type Entries = Pick<Crl, 'revoked' | 'criticalEntryExtensions'>;

const NO_ENTRIES: Entries = { revoked: new Set(), criticalEntryExtensions: new Set() };

function readEntries(list: DerReader): Entries {
  const revoked = new Set<string>();
  const criticalEntryExtensions = new Set<string>();
  while (!list.isEmpty) {
    const entry = list.enter(TAG.SEQUENCE);
    revoked.add(toHex(entry.integerBytes()));
    entry.time();
    if (!entry.isEmpty) {
      const extensions = readExtensions(entry.enter(TAG.SEQUENCE), false);
      for (const { oid, critical } of extensions.values()) if (critical) criticalEntryExtensions.add(oid);
    }
    entry.end();
  }
  return { revoked, criticalEntryExtensions };
}
