import type { Service } from '../../context.ts';
import type { Issuer } from '../../issuers.ts';
import { AppDocument } from '../../registry/documents.ts';
import { parseDocument } from '../../registry/registry.ts';

/** Apps that a policy judges, as the app's own or for a cohort. */
export async function judgedBy({ store }: Service, { iss }: Issuer, name: string): Promise<readonly AppDocument[]> {
  const rows = await store.listRegistered(iss, 'app');
  const apps = rows.map(({ id, value }) => parseDocument(AppDocument, value, `app ${id}`));
  return apps.filter(({ policy, cohorts }) => policy === name || cohorts.some((cohort) => cohort.policy === name));
}

/** Those of them that refuse by it already and whose operators asked for two persons. */
export async function enforcedBy(service: Service, issuer: Issuer, name: string): Promise<readonly string[]> {
  const apps = await judgedBy(service, issuer, name);
  return apps.filter((app) => app.twoPersons && app.rollout.stage === 'enforce').map(({ id }) => id);
}
