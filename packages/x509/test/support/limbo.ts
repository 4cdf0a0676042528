import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssayError, ConfigError, type Detail } from '@assay/core';
import { parsePem } from '@assay/formats';
import {
  anchorOf,
  buildPath,
  type Certificate,
  matchName,
  matchPins,
  type PeerName,
  type Profile,
  parseCertificate,
  parseCrl,
  RFC5280_CLIENT,
  RFC5280_SERVER,
  type TrustAnchor,
  type ValidatedPath,
  WEB_PKI,
} from '@assay/x509';

/** The time that stands for "now" where a case names none. */
const NOW = Date.parse('2026-11-21T00:00:00Z');

/** A case in x509-limbo format, version 1; the members that path validation needs. */
export interface LimboCase {
  readonly id: string;
  readonly features?: readonly string[];
  readonly validation_kind: 'SERVER' | 'CLIENT';
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time?: string | null;
  readonly key_usage?: readonly string[];
  readonly expected_result: 'SUCCESS' | 'FAILURE';
  readonly expected_peer_name?: { readonly kind: keyof typeof NAME_KINDS; readonly value: string } | null;
  readonly expected_peer_names?: readonly { readonly kind: keyof typeof NAME_KINDS; readonly value: string }[];
  readonly max_chain_depth?: number | null;
  readonly crls?: readonly string[];
}

/** A case of `own/own-path.json`: the same form, other expectations, and pins. */
export interface OwnCase extends Omit<LimboCase, 'expected_result'> {
  readonly pins_sha256: readonly string[];
  readonly expected_path: 'SUCCESS' | 'FAILURE';
  readonly expected_pin: 'match' | 'mismatch';
  readonly expected_overall: 'ACCEPT' | 'REJECT';
}

/** What came out: a path, or the code that stopped it. */
export type Outcome =
  | { readonly result: 'SUCCESS'; readonly path: ValidatedPath }
  | { readonly result: 'FAILURE'; readonly code: string; readonly detail: Detail };

const NAME_KINDS = { DNS: 'dns', IP: 'ip', RFC822: 'email' } as const;

export function readLimbo(dir: string): readonly LimboCase[] {
  return JSON.parse(readFileSync(join(dir, 'x509/limbo/limbo-shared.json'), 'utf8')).testcases;
}

export function readOwn(dir: string): readonly OwnCase[] {
  return JSON.parse(readFileSync(join(dir, 'x509/own/own-path.json'), 'utf8')).cases;
}

/** Runs one case; only coded errors become a FAILURE, anything else passes through. */
export function runCase(given: Omit<LimboCase, 'expected_result'>): Outcome {
  try {
    return { result: 'SUCCESS', path: validate(given) };
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return { result: 'FAILURE', code: error.code, detail: error.detail };
  }
}

/** The pin verdict of an own case; `config` stands for a refused configuration. */
export function runPins(path: ValidatedPath, pins: readonly string[]): 'match' | 'mismatch' | 'config' {
  try {
    return matchPins(path, pins);
  } catch (error) {
    if (error instanceof ConfigError) return 'config';
    throw error;
  }
}

function validate(given: Omit<LimboCase, 'expected_result'>): ValidatedPath {
  const leaf = parseCertificate(pemOf(given.peer_certificate));
  const path = buildPath({
    leaf,
    intermediates: given.untrusted_intermediates.flatMap(parseIfPossible),
    anchors: given.trusted_certs.flatMap(parseIfPossible).map(toAnchor),
    at: given.validation_time ? Date.parse(given.validation_time) : NOW,
    profile: profileOf(given),
    ...(given.expected_peer_name ? { name: toPeerName(given.expected_peer_name) } : {}),
    ...(given.max_chain_depth == null ? {} : { maxIntermediates: given.max_chain_depth }),
    ...(given.crls?.length ? { revocation: given.crls.map((pem) => parseCrl(pemOf(pem, 'X509 CRL'))) } : {}),
  });
  for (const name of given.expected_peer_names ?? []) matchName(leaf, toPeerName(name));
  return path;
}

/** Cases on the public web, by the first part of their id; every other group tests RFC 5280 by itself. */
const WEB_GROUPS: readonly string[] = ['webpki', 'online', 'own'];

/**
 * The suite tests two sets of rules, and marks where they conflict: `rfc5280::ca-as-leaf` holds under RFC 5280 and is
 * forbidden by the Baseline Requirements. So each group runs under the profile that it is about.
 */
function profileOf({ id, validation_kind }: Pick<LimboCase, 'id' | 'validation_kind'>): Profile {
  if (validation_kind === 'CLIENT') return RFC5280_CLIENT;
  return WEB_GROUPS.includes(id.split('::')[0] ?? '') ? WEB_PKI : RFC5280_SERVER;
}

function toPeerName({ kind, value }: { kind: keyof typeof NAME_KINDS; value: string }): PeerName {
  return { kind: NAME_KINDS[kind], value };
}

function toAnchor(certificate: Certificate, index: number): TrustAnchor {
  return anchorOf(certificate, { id: `trusted-${index}`, source: 'the case', date: '2026-11-21' });
}

/** What a peer or a store holds beside the leaf may be unreadable: it then does not exist for the search. */
function parseIfPossible(pem: string): Certificate[] {
  try {
    return [parseCertificate(pemOf(pem))];
  } catch (error) {
    if (error instanceof AssayError) return [];
    throw error;
  }
}

function pemOf(pem: string, label = 'CERTIFICATE'): Uint8Array {
  const [block] = parsePem(pem, label);
  if (block === undefined) throw new TypeError(`no ${label} in a case`);
  return block;
}
