import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import { AssayError, EvidenceError } from '@assay/core';
import { parsePem } from '@assay/formats';
import {
  anchorOf,
  buildPath,
  type Certificate,
  type PeerName,
  RFC5280_SERVER,
  spkiDigest,
  type TrustAnchor,
  WEB_PKI,
} from '@assay/x509';
import { naming, readText } from '../input.ts';
import { fault } from '../reasons.ts';
import { parsedOf, shortName } from './described.ts';

/** The roots that decide, and the rules that go with them. */
export interface Roots {
  readonly title: string;
  readonly anchors: readonly TrustAnchor[];
  /** Roots of one's own are no authorities of the public web, and need not follow its rules. */
  readonly isPublic: boolean;
}

export type PathVerdict =
  | {
      readonly valid: true;
      /** Leaf first, without the anchor's certificate. */
      readonly certificates: readonly Certificate[];
      readonly anchor: { readonly name: string; readonly pin: string };
      readonly roots: string;
    }
  | { readonly valid: false; readonly code: string; readonly reason: string; readonly roots: string };

/** Node's roots, or those of a PEM file. @throws ConfigError `cli.roots_empty`; FormatError */
export function readRoots(path: string | undefined, at: number): Roots {
  const title = path ?? `Node's roots (${process.version})`;
  const anchors = (path === undefined ? nodeRoots() : rootsOfFile(path))
    .flatMap((der) => parsedOf(der) ?? [])
    .map((certificate) => toAnchor(certificate, title, at));
  if (anchors.length === 0) throw fault('cli.roots_empty');
  return { title, anchors, isPublic: path === undefined };
}

const rootsOfFile = (path: string): readonly Uint8Array[] =>
  naming(path, 'give PEM with the roots to trust', () => parsePem(readText(path), 'CERTIFICATE', LIMITS));

/** A whole store. */
const LIMITS = { maxBytes: 4 << 20, maxBlocks: 1024 };

/** Node writes its roots in lines of another length than RFC 7468 has them. */
const nodeRoots = (): readonly Uint8Array[] => rootCertificates.map((pem) => new X509Certificate(pem).raw);

const toAnchor = (certificate: Certificate, source: string, at: number): TrustAnchor =>
  anchorOf(certificate, { id: shortName(certificate.subject), source, date: new Date(at).toISOString().slice(0, 10) });

export interface PathQuestion {
  /** Leaf first, DER. */
  readonly chain: readonly Uint8Array[];
  /** Undefined for a file: nobody said whom it is for. */
  readonly host: string | undefined;
  readonly roots: Roots;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Whether the certificates lead to one of the roots, by the platform-independent rules of our own. */
export function judgePath({ chain, host, roots, at }: PathQuestion): PathVerdict {
  const [leaf, ...intermediates] = chain.flatMap((der) => parsedOf(der) ?? []);
  const refused = (code: string, reason: string): PathVerdict => ({ valid: false, code, reason, roots: roots.title });
  if (leaf === undefined) return refused('x509.chain_empty', 'no certificate of it can be read');
  const profile = roots.isPublic ? WEB_PKI : RFC5280_SERVER;
  try {
    const path = buildPath({
      ...{ leaf, intermediates, anchors: roots.anchors, at },
      ...(host === undefined ? { profile: { ...profile, peerName: 'optional' } } : { profile, name: nameOf(host) }),
    });
    return { valid: true, ...told(path), roots: roots.title };
  } catch (error) {
    if (error instanceof EvidenceError || (error instanceof AssayError && error.code.startsWith('x509.'))) {
      return refused(error.code, error.message);
    }
    throw error;
  }
}

const told = ({ certificates, anchor }: ReturnType<typeof buildPath>) => ({
  certificates,
  anchor: { name: anchor.id, pin: spkiDigest(anchor.spki) },
});

const nameOf = (host: string): PeerName => ({ kind: isIP(host) === 0 ? 'dns' : 'ip', value: host });

/** Pins of the validated path, leaf first, anchor last; none where no path was found. */
export function pathPins(verdict: PathVerdict): readonly string[] {
  return verdict.valid ? [...verdict.certificates.map(({ spki }) => spkiDigest(spki)), verdict.anchor.pin] : [];
}
