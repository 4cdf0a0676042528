import type { Facts, Instance, InstanceChange, Purpose } from '@assay/core';
import { withClaims, withoutMessage, withRevocation } from '../facts.ts';
import { fault } from '../fault.ts';
import { listedSerials } from '../keys/listed-serials.ts';
import { appraisePieces, type Evidence, findingsOf, madeAtOf, provenPrimary, restates } from './appraise.ts';
import type { Assessment } from './assessment.ts';
import { newLineage } from './lineage.ts';
import { mergeFacts, renewFacts } from './merge.ts';
import { assessNew } from './new-instance.ts';
import { ATTESTED_EVIDENCE } from './pieces/rows.ts';
import { reportersAfter } from './reporters.ts';
import { routeOf } from './routes.ts';
import type { Known, Situation } from './situation.ts';

type Prepared = Situation & Known;
type Assess = (situation: Prepared, evidence: Evidence) => Assessment;

const BY_PURPOSE: Readonly<Record<Purpose, Assess>> = { enrol, refresh, step_up: stepUp, rekey };

/**
 * Proves the evidence of a request and says what follows from it.
 *
 * @throws Rejected with the checks that ran; EvidenceError `service.*`; RequestError `service.platform_not_registered`;
 * UpstreamError where nothing is proven without the vendor that is away
 */
export async function assess(situation: Prepared): Promise<Assessment> {
  const { statement } = situation.request;
  assertKnown(situation);
  const route = routeOf(statement, (situation.instance ?? situation.old)?.format);
  const evidence = await appraisePieces(situation, route);
  const assessment = BY_PURPOSE[statement.purpose](situation, evidence);
  return { ...assessment, facts: withClaims(assessment.facts, claimsOf(situation)) };
}

/** @throws EvidenceError `service.instance_unknown`, `service.rekey_unproven` */
function assertKnown({ request: { statement }, instance, old }: Prepared): void {
  const isOfInstance = statement.purpose === 'refresh' || statement.purpose === 'step_up';
  if (isOfInstance && instance === undefined) throw fault('service.instance_unknown');
  if (statement.purpose === 'rekey' && old === undefined) throw fault('service.rekey_unproven');
}

function enrol(situation: Prepared, evidence: Evidence): Assessment {
  const lineage = newLineage(situation, evidence.primary?.attested);
  return assessNew(situation, evidence, { lineage, reporters: [] }, (instance) => ({ kind: 'enrol', instance }));
}

function rekey(situation: Prepared, evidence: Evidence): Assessment {
  const { old } = situation;
  if (old === undefined) throw fault('service.rekey_unproven');
  const { counter } = provenPrimary(evidence);
  if (counter !== undefined) return rekeyByAssertion(situation, evidence, old, counter);
  // A new attested key, or a new key in software: the old instance key must consent.
  if (situation.request.cosign === undefined) throw fault('service.rekey_unproven');
  return assessNew(situation, evidence, old, (instance) => ({ kind: 'rekey', old: old.jkt, instance }));
}

/** The registered key A speaks for a new K. */
function rekeyByAssertion(situation: Prepared, evidence: Evidence, old: Instance, counter: number): Assessment {
  const { request, at } = situation;
  const { all: reporters } = reportersAfter(old.reporters, request.statement);
  const facts = renewedBy(old, evidence);
  const kept = restates(evidence) ? facts : old.facts;
  const instance: Instance = { ...old, jkt: request.jkt, counter, fat: at, createdAt: at, reporters, facts: kept };
  return { ...ofKnown(situation, evidence, old), facts, change: { kind: 'rekey', old: old.jkt, counter, instance } };
}

/**
 * On Android K is the attested key: its signature over the statement is the proof. What the status list says of the stored
 * chain may be new, and what companions say is: the instance keeps that, so that an older answer never outlives it.
 */
function refresh(situation: Prepared, evidence: Evidence): Assessment {
  const instance = knownInstance(situation);
  const { counter } = evidence.primary ?? {};
  const known = ofKnown(situation, evidence, instance);
  const facts = revocationToday(situation, instance, renewedBy(instance, evidence));
  const change: InstanceChange = {
    ...{ kind: 'refresh', jkt: instance.jkt, fat: known.fat },
    ...(counter === undefined ? {} : { counter }),
    ...changedReporters(situation, instance),
    ...(restates(evidence) ? { facts: withoutMessage(facts) } : {}),
  };
  return { ...known, facts, change };
}

/** Fresh proof is what a step-up is for: no policy makes up for a vendor that is away. */
function stepUp(situation: Prepared, evidence: Evidence): Assessment {
  const [outage] = evidence.outages;
  if (outage !== undefined) throw outage.error;
  return refresh(situation, evidence);
}

/**
 * What was proven at the enrolment, renewed by this request. Vendors' words on the device belong together: where one of them is
 * new, what another said before is as old as it was, and would pass for fresh.
 */
function renewedBy(instance: Instance, evidence: Evidence): Facts {
  const enrolled = withoutMessage(instance.facts);
  const [first, ...others] = findingsOf(evidence).map(({ facts }) => facts);
  if (first === undefined) return enrolled;
  const isVoid = (format: string) => restates(evidence) && !ATTESTED_EVIDENCE.includes(format);
  return renewFacts(enrolled, mergeFacts(first, others), enrolled.evidence.filter(isVoid));
}

/** @throws EvidenceError `service.certificate_revoked` */
function revocationToday({ service, issuer, keys }: Situation, { serialHmacs }: Instance, facts: Facts): Facts {
  if (facts.chain.revocation.known === 'absent') return facts;
  const status = service.trust.statusList();
  if (status === undefined) return withRevocation(facts, 'not_checked');
  const listed = listedSerials(status.list, issuer.iss, keys.record);
  if (serialHmacs.some((serial) => listed.has(serial))) throw fault('service.certificate_revoked');
  return withRevocation(facts, 'not_listed');
}

function knownInstance({ instance }: Known): Instance {
  if (instance === undefined) throw fault('service.instance_unknown');
  return instance;
}

function ofKnown(
  { at, request }: Situation,
  evidence: Evidence,
  instance: Instance,
): Omit<Assessment, 'facts' | 'change'> {
  const { format, lineage, vat, attestedKey, reporters } = instance;
  const findings = findingsOf(evidence);
  return {
    ...{ format, lineage, vat, attestedKey, anchor: null, certificates: [], outages: evidence.outages },
    fat: findings.length === 0 ? instance.fat : madeAtOf(findings, at),
    checks: findings.flatMap(({ checks }) => checks),
    silent: reportersAfter(reporters, request.statement).silent,
  };
}

function changedReporters({ request }: Situation, { reporters }: Instance): { readonly reporters?: readonly string[] } {
  const { all } = reportersAfter(reporters, request.statement);
  return all.length === reporters.length ? {} : { reporters: all };
}

function claimsOf({ request }: Situation) {
  const { ver, os, signals = [] } = request.statement.claims;
  return {
    version: ver,
    os,
    signals: signals.map(({ p, pv, n, v }) => ({ provider: p, version: pv, name: n, value: v })),
  };
}
