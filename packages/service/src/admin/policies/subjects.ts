import type { ActStore, PolicyProposal, PolicyVersion } from '@assay/core';
import type { Service } from '../../context.ts';

/** What a proposal may change. A registered app goes by `app:<id>`, which no policy can be named. */
interface Subject {
  /** The version that is there now, 0 for none. */
  newest(service: Pick<Service, 'store'>, proposal: PolicyProposal): Promise<number>;
  /** Writes the version after the proposal's base; false when it is not the next one any more. */
  write(tables: ActStore, proposal: PolicyProposal, at: number): Promise<boolean>;
}

const PREFIX = 'app:';

/** Name of a registered app among proposals. */
export const appSubject = (id: string): string => `${PREFIX}${id}`;

export const isAppSubject = (name: string): boolean => name.startsWith(PREFIX);

/** The app of an {@link appSubject}. */
export const appOf = (name: string): string => name.slice(PREFIX.length);

const POLICY: Subject = {
  newest: async ({ store }, { iss, name }) => (await store.newestPolicy(iss, name))?.version ?? 0,
  write: (tables, proposal, at) => tables.addPolicyVersion(toVersion(proposal, at)),
};

const APP: Subject = {
  newest: async ({ store }, { iss, name }) => (await store.registered(iss, 'app', appOf(name)))?.version ?? 0,
  write: (tables, { iss, name, source, base }, at) => tables.register(iss, 'app', appOf(name), source, base, at),
};

export function subjectOf({ name }: Pick<PolicyProposal, 'name'>): Subject {
  return isAppSubject(name) ? APP : POLICY;
}

function toVersion({ iss, name, base, source, author }: PolicyProposal, createdAt: number): PolicyVersion {
  return { iss, name, version: base + 1, source, author, createdAt, restores: null };
}
