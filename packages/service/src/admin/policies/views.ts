import type { PolicyProposal, PolicyVersion } from '@assay/core';
import { type PolicyDiff, PRESETS, presetOf } from '@assay/policy';
import type { Service } from '../../context.ts';
import { fault } from '../../fault.ts';
import type { Issuer } from '../../issuers.ts';
import type { BrokenPolicy } from '../../policies.ts';
import type { AppDocument } from '../../registry/documents.ts';
import { judgedBy } from './enforced.ts';
import { type Impact, impactOf } from './impact.ts';
import { planPolicy } from './plan.ts';
import { openProposal, type ProposalState, proposalState } from './proposals.ts';
import { appOf, isAppSubject } from './subjects.ts';

/** A version without its text. */
export type VersionHead = Omit<PolicyVersion, 'iss' | 'source'>;

/** An open proposal without its text, and whether it can still be approved. */
export interface ProposalHead extends Omit<PolicyProposal, 'iss' | 'source' | 'state'> {
  readonly state: ProposalState;
}

/** Where a policy is in use. */
export interface PolicyUse {
  readonly app: string;
  /** Name of the cohort that it judges, or null when it is the app's own. */
  readonly cohort: string | null;
  readonly rollout: AppDocument['rollout'];
  readonly twoPersons: boolean;
}

/** What a second person looks at before approving. */
export interface ProposalPage {
  readonly proposal: ProposalHead;
  /** The text that would be in force, and of an app the one that is. */
  readonly source: string;
  readonly before: string | null;
  /** Of a policy: what it changes and would do, compared with what is in force now. */
  readonly plan: (PolicyDiff & { readonly impact: Impact }) | null;
}

export interface PolicyList {
  readonly stored: readonly VersionHead[];
  readonly presets: readonly { readonly name: string; readonly version: number; readonly title: string }[];
  /** Newest versions that no longer hold: the ones before them are in force. */
  readonly broken: readonly BrokenPolicy[];
}

export interface PolicyPage {
  readonly name: string;
  /** The version in force. */
  readonly version: number;
  readonly preset: boolean;
  readonly source: string;
  readonly usedBy: readonly PolicyUse[];
  readonly proposals: readonly ProposalHead[];
  readonly broken: BrokenPolicy | null;
}

export async function listPolicies({ store, policies }: Service, { iss }: Issuer): Promise<PolicyList> {
  const presets = PRESETS.map(({ name, title, policy }) => ({ name, version: policy.version, title }));
  return { stored: (await store.policies(iss)).map(toHead), presets, broken: await policies.broken(iss) };
}

/** @throws ConfigError as of `policyOf`; RequestError `service.policy_version_unknown` where none has this name */
export async function policyPage(service: Service, issuer: Issuer, name: string): Promise<PolicyPage> {
  const { store, policies } = service;
  const policy = await policies.find(issuer.iss, name);
  if (policy === undefined) throw fault('service.policy_version_unknown', { found: name });
  const [newest, broken, apps, proposals] = await Promise.all([
    ...([store.newestPolicy(issuer.iss, name), policies.broken(issuer.iss)] as const),
    ...([judgedBy(store, issuer.iss, name), openProposals(service, issuer)] as const),
  ]);
  return {
    ...{ name, version: policy.version, preset: newest === undefined, source: policy.source },
    usedBy: apps.flatMap((app) => usesOf(app, name)),
    proposals: proposals.filter((proposal) => proposal.name === name),
    broken: broken.find((each) => each.name === name) ?? null,
  };
}

function usesOf({ id: app, policy, cohorts, rollout, twoPersons }: AppDocument, name: string): readonly PolicyUse[] {
  const own = policy === name ? [null] : [];
  const shares = cohorts.filter((cohort) => cohort.policy === name).map((cohort) => cohort.name);
  return [...own, ...shares].map((cohort) => ({ app, cohort, rollout, twoPersons }));
}

/** Versions, newest first. @throws RequestError `service.policy_version_unknown` where none is stored under this name */
export async function policyHistory(
  { store }: Service,
  { iss }: Issuer,
  name: string,
): Promise<readonly VersionHead[]> {
  const rows = await store.policyHistory(iss, name);
  if (rows.length === 0 && presetOf(name) === undefined) throw fault('service.policy_version_unknown', { found: name });
  return rows.map(toHead);
}

/** One version with its text; of a preset the one that this release has. @throws RequestError `service.policy_version_unknown` */
export async function policyVersion(
  { policies, store }: Service,
  { iss }: Issuer,
  name: string,
  version: number,
): Promise<Pick<PolicyVersion, 'name' | 'version' | 'source'>> {
  const row = await store.policyVersion(iss, name, version);
  const found = row ?? (await policies.findVersion(iss, name, version));
  if (found === undefined) throw fault('service.policy_version_unknown', { found: `${name}@${version}` });
  return { name, version, source: found.source };
}

export async function openProposals(service: Service, { iss }: Issuer): Promise<readonly ProposalHead[]> {
  const rows = await service.store.openProposals(iss);
  return Promise.all(rows.map((row) => toProposalHead(service, row)));
}

/** @throws RequestError `service.proposal_unknown`; ConfigError `policy.*` when it no longer compiles */
export async function proposalPage(service: Service, issuer: Issuer, id: string): Promise<ProposalPage> {
  const row = await openProposal(service, issuer, id);
  const [proposal, { name, source }] = [await toProposalHead(service, row), row];
  if (isAppSubject(name)) {
    const stored = await service.store.registered(issuer.iss, 'app', appOf(name));
    return { proposal, source, before: stored?.value ?? null, plan: null };
  }
  const plan = await planPolicy(service, issuer, name, source);
  return { proposal, source, before: null, plan: { ...plan.diff, impact: await impactOf(service, issuer, plan) } };
}

async function toProposalHead(service: Service, row: PolicyProposal): Promise<ProposalHead> {
  const { id, name, base, author, createdAt } = row;
  return { id, name, base, author, createdAt, state: await proposalState(service, row) };
}

const toHead = ({ name, version, author, createdAt, restores }: PolicyVersion): VersionHead => ({
  ...{ name, version, author, createdAt, restores },
});
