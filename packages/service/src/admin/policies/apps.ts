import { isDeepStrictEqual } from 'node:util';
import type { PolicyStore } from '@assay/core';
import { diffPolicies } from '@assay/policy';
import type { Service } from '../../context.ts';
import { fault } from '../../fault.ts';
import type { Issuer } from '../../issuers.ts';
import { policyOf } from '../../policies.ts';
import { AppDocument } from '../../registry/documents.ts';
import { registerDocument } from '../../registry/register.ts';
import { parseDocument } from '../../registry/registry.ts';
import type { Actor, AssertStill } from '../act.ts';
import type { Applied } from './apply.ts';
import { isGuarded } from './enforced.ts';
import { undefinedWhenFaulty } from './faulty.ts';
import type { Impact } from './impact.ts';
import { propose } from './proposals.ts';
import { appSubject } from './subjects.ts';
import { transitionOf } from './transition.ts';

/** Members that let nobody in, whatever they say. Every other one of a guarded app is a matter for two persons. */
const FREE: ReadonlySet<string> = new Set([
  ...['label', 'shadows', 'refusals', 'reasonsToApp', 'retainEvidenceDays'],
  ...['policy', 'rollout', 'twoPersons'], // looked at by themselves below
]);

/** What a change of a registered app would be. */
export interface AppPlan {
  readonly app: AppDocument;
  readonly json: string;
  /** The newest version and its document, 0 and undefined where there is none. */
  readonly base: number;
  readonly before: AppDocument | undefined;
  /** Members by which a guarded app may let in more; empty when one person may make the change. */
  readonly loosens: readonly string[];
  /** The newest version of every policy that decided about `loosens`. */
  readonly compared: readonly Compared[];
  /** What a change of policy, cohorts or roll-out would have done; undefined where none of them changes. */
  readonly impact: Impact | undefined;
}

interface Compared {
  readonly name: string;
  /** 0 for a preset, which nobody stored. */
  readonly version: number;
}

/**
 * Compares an app with what is registered of it.
 *
 * @param json the document as it is to be stored
 * @throws ConfigError `service.policy_unknown` for a policy that is not there: every install would be locked out
 */
export async function planApp(service: Service, issuer: Issuer, json: string): Promise<AppPlan> {
  const app = parseDocument(AppDocument, json, 'app');
  for (const name of [app.policy, ...app.shadows, ...app.cohorts.map(({ policy }) => policy)]) {
    await policyOf(service, issuer.iss, name);
  }
  const stored = await service.store.registered(issuer.iss, 'app', app.id);
  if (stored === undefined) {
    return { app, json, base: 0, before: undefined, loosens: [], compared: [], impact: undefined };
  }
  const before = parseDocument(AppDocument, stored.value, `app ${app.id}`);
  const compared = await newestOf(service.store, issuer.iss, isGuarded(before) ? [before.policy, app.policy] : []);
  // Not as they were a moment ago: one may have been stricter, or laxer.
  service.policies.forget();
  const loosens = await loosenings(service, issuer, before, app);
  const impact = await transitionOf(service, issuer, before, app);
  return { app, json, base: stored.version, before, loosens, compared, impact };
}

/**
 * Registers or changes an app. A change that could let in more than before, of an app that enforces its policy and asks for
 * two persons, becomes a proposal: else whoever may register apps would name a laxer policy, or a signer of his own.
 *
 * @param expected version that the author saw; undefined for whatever is there
 * @throws RequestError `service.conflict`, `service.proposals_many`
 */
export async function applyApp(
  service: Service,
  actor: Actor,
  issuer: Issuer,
  { app, json, base, loosens, compared }: AppPlan,
  expected: number | undefined,
): Promise<Applied> {
  if (loosens.length === 0) {
    const document = { kind: 'app', id: app.id, json } as const;
    return {
      version: await registerDocument(
        service,
        actor,
        issuer.iss,
        document,
        expected ?? base,
        areStill(compared, issuer.iss),
      ),
    };
  }
  if (expected !== undefined && expected !== base) throw fault('service.conflict');
  const change = { name: appSubject(app.id), base, source: json, why: loosens.join(', ') };
  return { proposal: await propose(service, actor, issuer, change) };
}

/** Members by which a change of a guarded app may let in more; none for an app that is not guarded. */
async function loosenings(
  service: Service,
  issuer: Issuer,
  before: AppDocument,
  after: AppDocument,
): Promise<readonly string[]> {
  if (!isGuarded(before)) return [];
  const members = new Set([...Object.keys(before), ...Object.keys(after)]);
  const named = [...members].filter((member) => !FREE.has(member) && textOf(before, member) !== textOf(after, member));
  return [
    ...named,
    ...(share(after) < share(before) ? ['rollout'] : []),
    ...(after.twoPersons ? [] : ['twoPersons']),
    ...((await isLaxer(service, issuer, before.policy, after.policy)) ? ['policy'] : []),
  ];
}

/** That the policies are those which were compared, and not laxer by now. */
function areStill(compared: readonly Compared[], iss: string): AssertStill {
  const names = compared.map(({ name }) => name);
  return async (tables) => {
    if (isDeepStrictEqual(await newestOf(tables, iss, names), compared)) return;
    throw fault('service.conflict', { found: 'another version of its policy' });
  };
}

async function newestOf(
  tables: Pick<PolicyStore, 'newestPolicy'>,
  iss: string,
  names: readonly string[],
): Promise<readonly Compared[]> {
  const newest: Compared[] = [];
  for (const name of names) newest.push({ name, version: (await tables.newestPolicy(iss, name))?.version ?? 0 });
  return newest;
}

const textOf = (app: AppDocument, member: string): string | undefined =>
  JSON.stringify(new Map<string, unknown>(Object.entries(app)).get(member));

/** Per cent of the installs that the policy refuses in earnest. */
const share = ({ rollout: { stage, percent = 100 } }: AppDocument): number => (stage === 'enforce' ? percent : 0);

async function isLaxer(service: Service, { iss }: Issuer, before: string, after: string): Promise<boolean> {
  if (before === after) return false;
  const next = await policyOf(service, iss, after);
  const current = await policyOf(service, iss, before).catch(undefinedWhenFaulty);
  // Compared with nothing, everything may be laxer.
  return current === undefined || diffPolicies(current, next).loosens !== 'no';
}
