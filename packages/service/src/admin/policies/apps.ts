import { ConfigError } from '@assay/core';
import { diffPolicies } from '@assay/policy';
import type { Service } from '../../context.ts';
import type { Issuer } from '../../issuers.ts';
import { policyOf } from '../../policies.ts';
import { AppDocument } from '../../registry/documents.ts';
import { registerDocument } from '../../registry/register.ts';
import { parseDocument } from '../../registry/registry.ts';
import type { Actor } from '../act.ts';
import type { Applied } from './apply.ts';
import { propose } from './proposals.ts';
import { appSubject } from './subjects.ts';

/** Members that let nobody in, whatever they say. Every other one of a guarded app is a matter for two persons. */
const FREE: ReadonlySet<string> = new Set([
  ...['label', 'shadows', 'refusals', 'reasonsToApp', 'retainEvidenceDays'],
  ...['policy', 'rollout', 'twoPersons'], // looked at by themselves below
]);

/**
 * Registers or changes an app. A change that could let in more than before, of an app that enforces its policy and asks for
 * two persons, becomes a proposal: else whoever may register apps would name a laxer policy, or a signer of his own.
 *
 * @param json the document as it is to be stored
 * @throws RequestError `service.conflict`, `service.proposals_many`; ConfigError for a policy that is not there
 */
export async function registerApp(
  service: Service,
  actor: Actor,
  issuer: Issuer,
  json: string,
  expected: number | undefined,
): Promise<Applied> {
  const app = parseDocument(AppDocument, json, 'app');
  const stored = await service.store.registered(issuer.iss, 'app', app.id);
  const before = stored && parseDocument(AppDocument, stored.value, `app ${app.id}`);
  const why = before === undefined ? [] : await loosenings(service, issuer, before, app);
  if (stored === undefined || why.length === 0) {
    return { version: await registerDocument(service, actor, issuer.iss, { kind: 'app', id: app.id, json }, expected) };
  }
  const change = { name: appSubject(app.id), base: stored.version, source: json, why: why.join(', ') };
  return { proposal: await propose(service, actor, issuer, change) };
}

/** Members by which a change of a guarded app may let in more; none for an app that is not guarded. */
async function loosenings(
  service: Service,
  issuer: Issuer,
  before: AppDocument,
  after: AppDocument,
): Promise<readonly string[]> {
  if (!before.twoPersons || before.rollout.stage !== 'enforce') return [];
  const members = new Set([...Object.keys(before), ...Object.keys(after)]);
  const named = [...members].filter((member) => !FREE.has(member) && textOf(before, member) !== textOf(after, member));
  return [
    ...named,
    ...(share(after) < share(before) ? ['rollout'] : []),
    ...(after.twoPersons ? [] : ['twoPersons']),
    ...((await isLaxer(service, issuer, before.policy, after.policy)) ? ['policy'] : []),
  ];
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

function undefinedWhenFaulty(error: unknown): undefined {
  if (error instanceof ConfigError) return undefined;
  throw error;
}
