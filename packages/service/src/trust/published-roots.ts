import { hash } from 'node:crypto';
import { AssayError } from '@assay/core';
import { decodeUtf8, parsePem, parseStrictJson, toPem } from '@assay/formats';
import { loadAnchor, spkiDigest, type TrustAnchor } from '@assay/x509';
import { upstream } from './fetch-document.ts';

/** A root as a vendor publishes it. */
export interface PublishedRoot {
  /** SHA-256 of the certificate, hex. */
  readonly sha256: string;
  /** Undefined when it is no self-signed certificate that this version can read and verify: it can never be trusted then. */
  readonly anchor: TrustAnchor | undefined;
}

const LABEL = 'CERTIFICATE';
const MAX_ROOTS = 64;
const LIMITS = { maxBytes: 1 << 20, maxDepth: 2, maxMembers: MAX_ROOTS };

/** Each form of publication, and the text that is kept of it. */
export const ROOT_FORMS = {
  /** A JSON array of PEM texts, as Google publishes its roots. */
  jsonOfPem: { decode: decodeUtf8, ders: (text: string) => pemsOf(text).flatMap((pem) => parsePem(pem, LABEL)) },
  pem: { decode: decodeUtf8, ders: (text: string) => parsePem(text, LABEL) },
  /** Kept as PEM: the store holds text. */
  der: { decode: (der: Uint8Array) => toPem(der, LABEL), ders: (text: string) => parsePem(text, LABEL) },
} as const;

export type RootForm = keyof typeof ROOT_FORMS;

/**
 * Reads published roots.
 *
 * @throws UpstreamError `service.trust_malformed`, FormatError `pem.*`, `json.*`: an empty list is no list
 */
export function parseRoots(form: RootForm, text: string, source: string): readonly PublishedRoot[] {
  const ders = ROOT_FORMS[form].ders(text);
  if (ders.length === 0 || ders.length > MAX_ROOTS) {
    throw upstream('service.trust_malformed', { expected: `1 to ${MAX_ROOTS} roots`, found: String(ders.length) });
  }
  return ders.map((der) => toRoot(der, source));
}

function pemsOf(text: string): readonly string[] {
  const list = parseStrictJson(text, LIMITS);
  const isList = Array.isArray(list) && list.every((each) => typeof each === 'string');
  if (!isList) throw upstream('service.trust_malformed', { expected: 'a JSON array of PEM texts' });
  return list;
}

function toRoot(der: Uint8Array, source: string): PublishedRoot {
  const sha256 = hash('sha256', der, 'hex');
  try {
    // Its own signature and its form, by the same door as the roots that are shipped.
    const record = { id: `published-${sha256.slice(0, 16)}`, source, date: 'published', kind: 'hardware' };
    return { sha256, anchor: loadAnchor({ ...record, pem: toPem(der, LABEL), sha256 }) };
  } catch (error) {
    if (error instanceof AssayError) return { sha256, anchor: undefined };
    throw error;
  }
}

export interface RootComparison {
  /** Published, and none of the keys that are believed. */
  readonly unknown: readonly PublishedRoot[];
  /** Ids of anchors that are believed, and published no more. */
  readonly withdrawn: readonly string[];
}

/**
 * Compares what is published with what is believed, by key: one key has been published in certificates of several dates
 * (attestation of Android: four so far), and these are no news.
 */
export function compareRoots(believed: readonly TrustAnchor[], published: readonly PublishedRoot[]): RootComparison {
  const known = new Set(believed.map(keyOf));
  const named = new Set(published.map(({ anchor }) => anchor && keyOf(anchor)));
  return {
    unknown: published.filter(({ anchor }) => anchor === undefined || !known.has(keyOf(anchor))),
    withdrawn: believed.filter((anchor) => !named.has(keyOf(anchor))).map(({ id }) => id),
  };
}

/** Whether a published root may be believed at all: an authority's certificate, with a key that is fit for one. */
export function isFit({ anchor }: PublishedRoot): boolean {
  const certificate = anchor?.certificate;
  if (certificate?.basicConstraints?.ca !== true) return false;
  const { key } = certificate;
  return key.kind === 'rsa' ? key.bits >= 2048 : key.kind === 'ec' && key.curve !== 'other';
}

function keyOf({ spki }: TrustAnchor): string {
  return spkiDigest(spki);
}
