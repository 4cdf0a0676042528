import { AssayError, ConfigError } from '@assay/core';
import {
  anchorOf,
  buildPath,
  type Certificate,
  matchName,
  matchPins,
  type PeerName,
  type Profile,
  parseCrl,
  RFC5280_CLIENT,
  RFC5280_SERVER,
  type ValidatedPath,
  WEB_PKI,
} from '@assay/x509';
import { z } from 'zod';
import { Time } from '../cases/members.ts';
import { fault } from '../reasons.ts';
import { objectsOf, type VectorDocument } from './documents.ts';
import { certificateOf, formRuns, pemOf } from './forms.ts';
import type { CaseOutcome, CaseRun, CaseSet } from './run.ts';

const KINDS = { DNS: 'dns', IP: 'ip', RFC822: 'email' } as const;

const Name = z
  .looseObject({ kind: z.enum(['DNS', 'IP', 'RFC822']), value: z.string() })
  .transform(({ kind, value }): PeerName => ({ kind: KINDS[kind], value }));

/** The members of an x509-limbo case (format version 1) that path validation needs, and those of cases with pins. */
const PathCase = z.looseObject({
  id: z.string(),
  description: z.string().default(''),
  features: z.array(z.string()).default([]),
  validation_kind: z.enum(['SERVER', 'CLIENT']),
  trusted_certs: z.array(z.string()),
  untrusted_intermediates: z.array(z.string()),
  peer_certificate: z.string(),
  validation_time: Time.nullish(),
  expected_peer_name: Name.nullish(),
  expected_peer_names: z.array(Name).default([]),
  max_chain_depth: z.int().nullish(),
  crls: z.array(z.string()).default([]),
  expected_result: z.enum(['SUCCESS', 'FAILURE']).optional(),
  expected_path: z.enum(['SUCCESS', 'FAILURE']).optional(),
  expected_pin: z.enum(['match', 'mismatch']).nullish(),
  pins_sha256: z.array(z.string()).optional(),
});

type PathCase = z.output<typeof PathCase>;

const EXPECTED = { SUCCESS: 'accept', FAILURE: 'reject' } as const;

/** Documents with x509-limbo `testcases`; pedantic ones form a set of their own. */
export function limboSets(documents: readonly VectorDocument[], now: number): readonly CaseSet[] {
  return documents.flatMap(({ path, value }) => {
    const sets = Map.groupBy(objectsOf(value['testcases']), isPedantic);
    return [...sets].map(([pedantic, members]) => ({
      ...{ name: pedantic ? `${path} (pedantic)` : path, pedantic },
      cases: members.flatMap((each) => formRuns(each, PathCase, (given) => [limboRun(given, now)])),
    }));
  });
}

/** Documents of path cases with pins. */
export function pinnedSets(documents: readonly VectorDocument[], now: number): readonly CaseSet[] {
  return documents.flatMap(({ path, value }) => {
    const listed = objectsOf(value['cases']);
    if (listed.every((each) => !('expected_path' in each))) return [];
    const cases = listed.flatMap((each) => formRuns(each, PathCase, (given) => [pinnedRun(given, now)]));
    return [{ name: path, pedantic: false, cases }];
  });
}

function isPedantic({ features }: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(features) && features.some((feature) => String(feature).startsWith('pedantic-'));
}

function limboRun(given: PathCase, now: number): CaseRun {
  const { id, description, expected_result: expected } = given;
  return {
    ...{ id, expected: expected === undefined ? 'either' : EXPECTED[expected], why: description.split('\n')[0] ?? '' },
    run: () => {
      if (expected === undefined) throw fault('cli.case_unreadable', { found: 'expected_result is missing' });
      const path = validate(given, now);
      return { found: 'accept', reasons: [], trace: [`path of ${path.certificates.length} to ${path.anchor.id}`] };
    },
  };
}

/** Right only when path and pins both come out as expected; the pins count where the path holds. */
function pinnedRun(given: PathCase, now: number): CaseRun {
  return { id: given.id, expected: 'accept', why: given.description, run: () => comparedWithPins(given, now) };
}

function comparedWithPins(given: PathCase, now: number): CaseOutcome {
  if (given.expected_path === undefined) throw fault('cli.case_unreadable', { found: 'expected_path is missing' });
  const found = pinnedOutcome(given, now);
  const wanted = given.expected_path === 'SUCCESS' ? `SUCCESS ${given.expected_pin ?? ''}`.trim() : 'FAILURE';
  const right = found === wanted || (found === 'config' && (given.pins_sha256 ?? []).length === 0);
  return { found: right ? 'accept' : 'reject', reasons: [], trace: [`expected ${wanted}, found ${found}`] };
}

function pinnedOutcome(given: PathCase, now: number): string {
  try {
    const path = validate(given, now);
    return given.expected_pin == null ? 'SUCCESS' : `SUCCESS ${matchPins(path, given.pins_sha256 ?? [])}`;
  } catch (error) {
    if (error instanceof ConfigError) return 'config';
    if (error instanceof AssayError) return 'FAILURE';
    throw error;
  }
}

function validate(given: PathCase, now: number): ValidatedPath {
  const leaf = certificateOf(given.peer_certificate);
  const path = buildPath({
    leaf,
    intermediates: given.untrusted_intermediates.flatMap(readable),
    anchors: given.trusted_certs.flatMap(readable).map(toAnchor),
    at: given.validation_time ?? now,
    profile: profileOf(given),
    ...(given.expected_peer_name == null ? {} : { name: given.expected_peer_name }),
    ...(given.max_chain_depth == null ? {} : { maxIntermediates: given.max_chain_depth }),
    ...(given.crls.length === 0 ? {} : { revocation: given.crls.map((pem) => parseCrl(pemOf(pem, 'X509 CRL'))) }),
  });
  for (const name of given.expected_peer_names) matchName(leaf, name);
  return path;
}

/** Groups about the public web; every other group tests RFC 5280 by itself, and some of the two contradict each other. */
const WEB_GROUPS: readonly string[] = ['webpki', 'online', 'own'];

function profileOf({ id, validation_kind }: PathCase): Profile {
  if (validation_kind === 'CLIENT') return RFC5280_CLIENT;
  return WEB_GROUPS.includes(id.split('::')[0] ?? '') ? WEB_PKI : RFC5280_SERVER;
}

function toAnchor(certificate: Certificate, index: number) {
  return anchorOf(certificate, { id: `trusted-${index}`, source: 'the case', date: '' });
}

/** A certificate beside the leaf that cannot be read does not exist for the search. */
function readable(pem: string): Certificate[] {
  try {
    return [certificateOf(pem)];
  } catch (error) {
    if (error instanceof AssayError) return [];
    throw error;
  }
}
