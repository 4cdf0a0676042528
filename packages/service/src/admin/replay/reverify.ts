import { type Appraisal, AssayError, EvidenceError, type Facts, type Instance, type Verdict } from '@assay/core';
import { appraisePieces } from '../../attest/appraise.ts';
import { assess } from '../../attest/assess.ts';
import { Rejected } from '../../attest/rejected.ts';
import { retainedEvidence } from '../../attest/retain.ts';
import { routeOf } from '../../attest/routes.ts';
import type { Known, Situation } from '../../attest/situation.ts';
import type { Service } from '../../context.ts';
import type { Issuer } from '../../issuers.ts';
import { requestAgain } from './request.ts';

/** Facts to judge again, and where they are from. */
export interface FactsAgain {
  readonly mode: 'reverified' | 'reevaluated';
  readonly facts: Facts;
  readonly notes: readonly string[];
  /** The evidence does not hold any more: what a policy would say is of no matter then. */
  readonly refused?: Verdict;
}

/** The facts of an appraisal: out of the evidence where it was kept, else as they are stored. */
export async function factsAgain(service: Service, issuer: Issuer, appraisal: Appraisal): Promise<FactsAgain> {
  const kept = await retainedEvidence(service, issuer.iss, appraisal.id);
  if (kept === undefined) return asStored(appraisal, []);
  const app = await service.registry.app(issuer.iss, appraisal.app);
  if (app === undefined) return asStored(appraisal, ['the evidence is kept, but its app is registered no more']);
  const { at } = appraisal.record;
  const { then, notes } = trustOf(service, appraisal);
  const request = requestAgain(service, kept, appraisal);
  const situation = {
    service: then,
    issuer,
    keys: await service.keys.of(issuer.iss),
    app,
    request,
    caller: { address: undefined },
    sdk: request.statement.claims.sdk,
    at,
  };
  try {
    return await verifyAgain(situation, appraisal, notes);
  } catch (error) {
    return refusedBy(error, appraisal, notes);
  }
}

const asStored = ({ facts }: Appraisal, notes: readonly string[]): FactsAgain => ({
  mode: 'reevaluated',
  facts,
  notes,
});

/** The anchors, the list and the grants of that time where they are here; no vendor is asked, since what he would say is of today. */
function trustOf(
  service: Service,
  { record }: Appraisal,
): { readonly then: Service; readonly notes: readonly string[] } {
  const { trust, vendors } = service;
  const list = trust.statusList();
  const hasList = list !== undefined && list.version === record.statusListVersion;
  const then = {
    ...service,
    trust: { ...trust, statusList: () => (hasList ? list : undefined) },
    vendors: { playKeys: (name: string) => vendors.playKeys(name) },
    store: { ...service.store, grant: grantsAt(service, record.at) },
  };
  const notes = [
    ...(record.anchorsVersion === trust.version ? [] : [`anchors ${trust.version}, then ${record.anchorsVersion}`]),
    ...(hasList || record.statusListVersion === null
      ? []
      : [
          `the status list of that time (${record.statusListVersion}) is not here: revocation is taken as it was recorded`,
        ]),
  ];
  return { then, notes };
}

/** A grant that was revoked later was in force then. */
function grantsAt({ store }: Service, at: number): Service['store']['grant'] {
  return async (iss, id) => {
    const grant = await store.grant(iss, id);
    return (grant?.revokedAt ?? 0) > at && grant !== undefined ? { ...grant, revokedAt: null } : grant;
  };
}

async function verifyAgain(situation: Situation, appraisal: Appraisal, notes: readonly string[]): Promise<FactsAgain> {
  if (appraisal.purpose === 'enrol') {
    const { facts } = await assess({ ...situation, instance: undefined, old: undefined });
    return { mode: 'reverified', facts: withServerFacts(situation, facts, appraisal.facts), notes };
  }
  const known = await knownThen(situation);
  const stored = known.instance ?? known.old;
  if (stored === undefined)
    return asStored(appraisal, [...notes, 'the evidence is kept, but the instance is not here any more']);
  await appraisePieces({ ...situation, ...known }, routeOf(situation.request.statement, stored.format));
  const note = 'the statement and its evidence hold; what was known of the instance is taken as it was recorded';
  return { mode: 'reverified', facts: appraisal.facts, notes: [...notes, note] };
}

/** The instance that the request rested on. Its counter has moved on since, so that any assertion is above this one. */
async function knownThen({ service, issuer, request }: Situation): Promise<Known> {
  const { purpose, old } = request.statement;
  const find = async (jkt: string): Promise<Instance | undefined> => {
    const instance = await service.store.instance(issuer.iss, jkt);
    return instance && { ...instance, counter: 0 };
  };
  return {
    instance: purpose === 'refresh' || purpose === 'step_up' ? await find(request.jkt) : undefined,
    old: old === undefined ? undefined : await find(old),
  };
}

/** What the server added of its own was true then, and is no matter of the evidence. */
function withServerFacts({ service }: Situation, verified: Facts, stored: Facts): Facts {
  const revocation = service.trust.statusList() === undefined ? { revocation: stored.chain.revocation } : {};
  return {
    ...verified,
    app: { ...verified.app, releasedHours: stored.app.releasedHours },
    chain: { ...verified.chain, ...revocation },
    ...{ history: stored.history, threats: stored.threats, degraded: stored.degraded },
  };
}

/** Evidence that does not hold is the finding; whatever else goes wrong leaves the stored facts to judge. */
function refusedBy(error: unknown, appraisal: Appraisal, notes: readonly string[]): FactsAgain {
  const cause = error instanceof Rejected ? error.error : error;
  if (!(cause instanceof AssayError)) throw error;
  if (!(cause instanceof EvidenceError)) {
    return asStored(appraisal, [...notes, `the evidence is kept and cannot be verified again: ${cause.code}`]);
  }
  const refused: Verdict = {
    ...{ tier: 'none', assurance: 'none', reasons: [cause.code], policy: appraisal.verdict.policy, trace: [] },
  };
  return { mode: 'reverified', facts: appraisal.facts, notes, refused };
}
