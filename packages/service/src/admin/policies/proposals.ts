import type { PolicyProposal } from '@assay/core';
import type { Service } from '../../context.ts';
import { fault } from '../../fault.ts';
import type { Issuer } from '../../issuers.ts';
import { type Actor, commitChange } from '../act.ts';
import { commitVersion } from './apply.ts';

/** After this time nobody remembers what was proposed, and it is proposed anew. */
export const PROPOSAL_MS = 7 * 86_400_000;

/** Whether a proposal can still be approved, and if not why. */
export type ProposalState = 'open' | 'expired' | 'overtaken';

/** A proposal lapses by time, or when another version came in between. */
export async function proposalState(
  { store, clock }: Pick<Service, 'store' | 'clock'>,
  { iss, name, base, createdAt }: PolicyProposal,
): Promise<ProposalState> {
  if (clock() >= createdAt + PROPOSAL_MS) return 'expired';
  const newest = await store.newestPolicy(iss, name);
  return (newest?.version ?? 0) === base ? 'open' : 'overtaken';
}

/**
 * Puts a proposal into force. It takes another credential than the one that proposed it; whoever may make credentials is two
 * persons by himself, which is why that is a scope of its own.
 *
 * @returns the version
 * @throws RequestError `service.proposal_unknown`, `service.proposal_own`, `service.proposal_lapsed`, `service.conflict`
 */
export async function approveProposal(service: Service, actor: Actor, issuer: Issuer, id: string): Promise<number> {
  const proposal = await openProposal(service, issuer, id);
  if (proposal.author === actor) throw fault('service.proposal_own');
  const state = await proposalState(service, proposal);
  if (state !== 'open') throw fault('service.proposal_lapsed', { found: state });
  const { iss, name, base, source, author } = proposal;
  const version = base + 1;
  const row = { iss, name, version, source, author, createdAt: service.clock(), restores: null };
  const entry = { actor, act: 'policy.approve', subject: name, detail: { proposal: id, version, author } };
  await commitVersion(service, row, entry, async (tables) => {
    if (!(await tables.closeProposal(iss, id, 'approved'))) throw fault('service.proposal_unknown');
  });
  return version;
}

/** Takes a proposal back, by its author or anybody else who may change policies. @throws RequestError `service.proposal_unknown` */
export async function withdrawProposal(service: Service, actor: Actor, { iss }: Issuer, id: string): Promise<void> {
  const entry = { actor, act: 'policy.withdraw', subject: id, detail: {} };
  const isClosed = await commitChange(service, iss, entry, (tables) => tables.closeProposal(iss, id, 'withdrawn'));
  if (!isClosed) throw fault('service.proposal_unknown');
}

async function openProposal({ store }: Service, { iss }: Issuer, id: string): Promise<PolicyProposal> {
  const proposal = await store.proposal(iss, id);
  if (proposal?.state !== 'open') throw fault('service.proposal_unknown');
  return proposal;
}
