import type { PolicyStore, RegistryStore } from '@assay/core';
import { AppDocument } from '../../registry/documents.ts';
import { parseDocument } from '../../registry/registry.ts';
import { hasExpired } from './proposals.ts';
import { appOf, isAppSubject } from './subjects.ts';

type Registered = Pick<RegistryStore, 'listRegistered'>;
type Proposed = Pick<PolicyStore, 'openProposals'>;

const isJudgedBy = ({ policy, cohorts }: AppDocument, name: string): boolean =>
  policy === name || cohorts.some((cohort) => cohort.policy === name);

/** Whether an app refuses already, and its operators asked for two persons. */
export const isGuarded = ({ twoPersons, rollout }: AppDocument): boolean => twoPersons && rollout.stage === 'enforce';

/** Apps that a policy judges, as the app's own or for a cohort. */
export async function judgedBy(tables: Registered, iss: string, name: string): Promise<readonly AppDocument[]> {
  const rows = await tables.listRegistered(iss, 'app');
  return rows
    .map(({ id, value }) => parseDocument(AppDocument, value, `app ${id}`))
    .filter((app) => isJudgedBy(app, name));
}

/**
 * Apps for which a policy is loosened by two persons alone: guarded ones that it judges, and those that an open proposal
 * would put under it, else it could be made laxer after the second person looked.
 */
export async function guardedBy(
  tables: Registered & Proposed,
  iss: string,
  name: string,
  at: number,
): Promise<readonly string[]> {
  const enforcing = (await judgedBy(tables, iss, name)).filter(isGuarded).map(({ id }) => id);
  const proposals = (await tables.openProposals(iss)).filter(
    (each) => isAppSubject(each.name) && !hasExpired(each, at),
  );
  const proposed = proposals.filter(({ name: app, source }) =>
    isJudgedBy(parseDocument(AppDocument, source, `proposal of ${app}`), name),
  );
  return [...new Set([...enforcing, ...proposed.map((each) => appOf(each.name))])];
}
