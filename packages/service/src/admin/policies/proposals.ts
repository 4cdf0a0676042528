import type { PolicyProposal } from '@assay/core';
import type { Service } from '../../context.ts';
import { fault } from '../../fault.ts';
import type { Issuer } from '../../issuers.ts';
import { type Actor, commitAct, commitChange } from '../act.ts';
import { sortableId } from '../ids.ts';
import { subjectOf } from './subjects.ts';

/** After this time nobody remembers what was proposed, and it is proposed anew. */
const PROPOSAL_MS = 7 * 86_400_000;
/** Somebody who proposes without end fills a table and hides one proposal among many. */
const MAX_OPEN = 100;

/** Whether a proposal can still be approved, and if not why. */
export type ProposalState = 'open' | 'expired' | 'overtaken';

/** A change that waits for a second person. */
export interface Proposed extends Pick<PolicyProposal, 'name' | 'base' | 'source'> {
  /** What it would do, for the audit log. */
  readonly why: string;
}

/** Keeps a change for a second person. @throws RequestError `service.proposals_many`, `service.conflict` */
export async function propose(
  service: Service,
  actor: Actor,
  { iss }: Issuer,
  { why, ...change }: Proposed,
): Promise<string> {
  const { store, clock } = service;
  const open = (await store.openProposals(iss)).filter((each) => !hasExpired(each, clock()));
  if (open.length >= MAX_OPEN) throw fault('service.proposals_many');
  const proposal: PolicyProposal = {
    ...{ iss, id: sortableId(service), ...change },
    ...{ author: actor, createdAt: clock(), state: 'open' },
  };
  const detail = { proposal: proposal.id, base: change.base, why };
  await commitAct(
    service,
    [iss],
    async (tables) => {
      if (!(await tables.addProposal(proposal))) throw fault('service.conflict');
    },
    () => ({ actor, act: 'policy.propose', subject: change.name, detail }),
  );
  return proposal.id;
}

export const hasExpired = ({ createdAt }: PolicyProposal, at: number): boolean => at >= createdAt + PROPOSAL_MS;

/** A proposal lapses by time, or when another version came in between. */
export async function proposalState(
  service: Pick<Service, 'store' | 'clock'>,
  proposal: PolicyProposal,
): Promise<ProposalState> {
  if (hasExpired(proposal, service.clock())) return 'expired';
  return (await subjectOf(proposal).newest(service, proposal)) === proposal.base ? 'open' : 'overtaken';
}

/**
 * Puts a proposal into force. It takes another credential than the one that proposed it; whoever may make credentials is two
 * persons by himself, which is why that is a scope of its own.
 *
 * @throws RequestError `service.proposal_unknown`, `service.proposal_own`, `service.proposal_lapsed`, `service.conflict`
 */
export async function approveProposal(
  service: Service,
  actor: Actor,
  issuer: Issuer,
  id: string,
): Promise<{ readonly name: string; readonly version: number }> {
  const proposal = await openProposal(service, issuer, id);
  if (proposal.author === actor) throw fault('service.proposal_own');
  const state = await proposalState(service, proposal);
  if (state !== 'open') throw fault('service.proposal_lapsed', { found: state });
  const { name, base, author } = proposal;
  const version = base + 1;
  await commitAct(
    service,
    [issuer.iss],
    async (tables) => {
      if (!(await tables.closeProposal(issuer.iss, id, 'approved'))) throw fault('service.proposal_unknown');
      if (!(await subjectOf(proposal).write(tables, proposal, service.clock()))) throw fault('service.conflict');
    },
    () => ({ actor, act: 'policy.approve', subject: name, detail: { proposal: id, version, author } }),
  );
  service.policies.forget();
  service.registry.forget();
  return { name, version };
}

/** Takes a proposal back, by its author or anybody else who may change policies. @throws RequestError `service.proposal_unknown` */
export async function withdrawProposal(service: Service, actor: Actor, { iss }: Issuer, id: string): Promise<void> {
  const entry = { actor, act: 'policy.withdraw', subject: id, detail: {} };
  const isClosed = await commitChange(service, iss, entry, (tables) => tables.closeProposal(iss, id, 'withdrawn'));
  if (!isClosed) throw fault('service.proposal_unknown');
}

/** An open proposal with what it would write. @throws RequestError `service.proposal_unknown` */
export async function openProposal({ store }: Service, { iss }: Issuer, id: string): Promise<PolicyProposal> {
  const proposal = await store.proposal(iss, id);
  if (proposal?.state !== 'open') throw fault('service.proposal_unknown');
  return proposal;
}
