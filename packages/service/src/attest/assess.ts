import type { CheckResult, Facts, Instance, InstanceChange, Purpose } from '@assay/core';
import { toBase64url } from '@assay/formats';
import type { Role } from '@assay/tokens';
import { renewed, withAssertedKey, withClaims, withRevocation } from '../facts.ts';
import { fault } from '../fault.ts';
import { certificateMarks } from '../keys/hmac.ts';
import { listedSerials } from '../keys/listed-serials.ts';
import { ANDROID_FORMAT, APPLE_FORMAT, type Attested, assertApple, attestAndroid, attestApple } from './attested.ts';
import { assertRegistrable } from './registration.ts';
import type { Known, Situation } from './situation.ts';

/** What the evidence of one request comes to: facts for the policy, and what happens to the instance. */
export interface Assessment {
  readonly format: string;
  readonly facts: Facts;
  readonly checks: readonly CheckResult[];
  readonly change: InstanceChange;
  readonly lineage: string;
  readonly anchor: string | null;
  readonly certificates: readonly { readonly serial: string; readonly spki: string }[];
  /** Last attestation of the key, last fresh platform evidence. */
  readonly vat: number;
  readonly fat: number;
}

type Prepared = Situation & Known;
type Assess = (situation: Prepared) => Assessment;

interface Row {
  readonly purposes: readonly Purpose[];
  readonly ev: readonly Role[];
  readonly assess: Assess;
}

/** Which evidence serves which purpose. What is not here is not accepted: nothing is downgraded in silence. */
const ROWS: readonly Row[] = [
  { purposes: ['enrol'], ev: ['apple-attest'], assess: (it) => enrol(it, attestApple(it, pieceOf(it))) },
  { purposes: ['enrol'], ev: ['android-key'], assess: (it) => enrol(it, attestAndroid(it, pieceOf(it))) },
  { purposes: ['refresh', 'step_up'], ev: ['apple-assert'], assess: refreshByAssertion },
  { purposes: ['refresh'], ev: [], assess: refreshByKey },
  { purposes: ['rekey'], ev: ['apple-assert'], assess: rekeyByAssertion },
  { purposes: ['rekey'], ev: ['apple-attest'], assess: (it) => rekeyByConsent(it, attestApple(it, pieceOf(it))) },
  { purposes: ['rekey'], ev: ['android-key'], assess: (it) => rekeyByConsent(it, attestAndroid(it, pieceOf(it))) },
];

/**
 * Proves the evidence of a request and says what follows from it.
 *
 * @throws Rejected with the checks that ran; EvidenceError `service.*`; RequestError `service.platform_not_registered`
 */
export function assess(situation: Prepared): Assessment {
  const { purpose, ev } = situation.request.statement;
  const row = ROWS.find(({ purposes, ev: roles }) => purposes.includes(purpose) && roles.join() === ev.join());
  if (row === undefined) {
    throw fault('service.evidence_not_accepted', { found: `${purpose} with ${ev.join(', ') || 'no evidence'}` });
  }
  const assessment = row.assess(situation);
  return { ...assessment, facts: withClaims(assessment.facts, claimsOf(situation)) };
}

function enrol(situation: Situation, attested: Attested): Assessment {
  const lineage = toBase64url(situation.service.random(16));
  const certificates = marksOf(situation, attested);
  const instance = newInstance(situation, attested, certificates, lineage);
  return fromAttested(situation, attested, certificates, { kind: 'enrol', instance });
}

/** A new key A or a new Android key: the old instance key must consent. */
function rekeyByConsent(situation: Prepared, attested: Attested): Assessment {
  const { old, request } = situation;
  if (old === undefined || request.cosign === undefined) throw fault('service.rekey_unproven');
  sameFormat(old, attested.format);
  const certificates = marksOf(situation, attested);
  const instance = newInstance(situation, attested, certificates, old.lineage);
  return fromAttested(situation, attested, certificates, { kind: 'rekey', old: old.jkt, instance });
}

/** The registered key A speaks for a new K. */
function rekeyByAssertion(situation: Prepared): Assessment {
  const { old, request, at } = situation;
  if (old === undefined) throw fault('service.rekey_unproven');
  sameFormat(old, APPLE_FORMAT);
  const { counter, facts, checks } = assertApple(situation, pieceOf(situation), old);
  const instance: Instance = { ...old, jkt: request.jkt, counter, fat: at, createdAt: at };
  const change: InstanceChange = { kind: 'rekey', old: old.jkt, counter, instance };
  return { ...known(old), facts: renewed(old.facts, facts), checks, change, fat: at };
}

function refreshByAssertion(situation: Prepared): Assessment {
  const instance = knownInstance(situation);
  sameFormat(instance, APPLE_FORMAT);
  const { counter, facts, checks } = assertApple(situation, pieceOf(situation), instance);
  const change: InstanceChange = { kind: 'refresh', jkt: instance.jkt, counter, fat: situation.at };
  return { ...known(instance), facts: renewed(instance.facts, facts), checks, change, fat: situation.at };
}

/**
 * On Android K is the attested key: its signature over the statement is the proof, and the platform says nothing new.
 * What the status list says of the stored chain may be new.
 */
function refreshByKey(situation: Prepared): Assessment {
  const instance = knownInstance(situation);
  sameFormat(instance, ANDROID_FORMAT);
  const change: InstanceChange = { kind: 'refresh', jkt: instance.jkt, fat: instance.fat };
  const facts = withRevocation(renewed(instance.facts, undefined), revocationOf(situation, instance));
  return { ...known(instance), facts, checks: [], change, fat: instance.fat };
}

/** @throws EvidenceError `service.certificate_revoked` */
function revocationOf({ service, issuer, keys }: Situation, { serialHmacs }: Instance): 'not_listed' | 'not_checked' {
  const status = service.trust.statusList();
  if (status === undefined) return 'not_checked';
  const listed = listedSerials(status.list, issuer.iss, keys.record);
  if (serialHmacs.some((serial) => listed.has(serial))) throw fault('service.certificate_revoked');
  return 'not_listed';
}

/** The format of the enrolment is a floor. */
function sameFormat(instance: Instance, format: string): void {
  if (instance.format === format) return;
  throw fault('service.evidence_not_accepted', { expected: `evidence of ${instance.format}`, found: format });
}

function knownInstance({ instance }: Known): Instance {
  if (instance === undefined) throw fault('service.instance_unknown');
  return instance;
}

function known({ format, lineage, vat }: Instance) {
  return { format, lineage, vat, anchor: null, certificates: [] };
}

/** What records keep of each certificate of the chain. */
type Marks = Assessment['certificates'];

function marksOf({ keys }: Situation, { certificates }: Attested): Marks {
  return certificates.map((certificate) => certificateMarks(keys.record, certificate));
}

function fromAttested(
  { at }: Situation,
  { format, checks, anchor }: Attested,
  certificates: Marks,
  change: Extract<InstanceChange, { kind: 'enrol' | 'rekey' }>,
): Assessment {
  const { lineage, facts } = change.instance;
  return { format, checks, anchor, certificates, change, vat: at, fat: at, lineage, facts };
}

function newInstance(
  { issuer, app, request, at }: Situation,
  attested: Attested,
  certificates: Marks,
  lineage: string,
): Instance {
  assertRegistrable(attested.facts, issuer.kind);
  const { format, attestedKey, attestedSpki, environment } = attested;
  return {
    ...{ iss: issuer.iss, jkt: request.jkt, app: app.id, lineage },
    ...{ format, attestedKey, attestedSpki, environment },
    ...{ status: 'active', counter: 0, vat: at, fat: at, createdAt: at },
    serialHmacs: certificates.map(({ serial }) => serial),
    facts: format === APPLE_FORMAT ? withAssertedKey(attested.facts) : attested.facts,
  };
}

function pieceOf({ request }: Situation) {
  const [piece] = request.evidence;
  if (piece === undefined) throw fault('service.evidence_not_accepted', { found: 'no evidence' });
  return piece;
}

function claimsOf({ request }: Situation) {
  const { ver, os, signals = [] } = request.statement.claims;
  return {
    version: ver,
    os,
    signals: signals.map(({ p, pv, n, v }) => ({ provider: p, version: pv, name: n, value: v })),
  };
}
