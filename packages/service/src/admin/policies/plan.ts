import type { PolicyVersion } from '@assay/core';
import { diffPolicies, type Policy, type PolicyDiff, parsePolicy, presetOf } from '@assay/policy';
import { z } from 'zod';
import type { Service } from '../../context.ts';
import { fault } from '../../fault.ts';
import type { Issuer } from '../../issuers.ts';
import { guardedBy } from './enforced.ts';
import { undefinedWhenFaulty } from './faulty.ts';

const MAX_SOURCE = 256 * 1024;

export const PolicySource = z
  .strictObject({ source: z.string().min(1).max(MAX_SOURCE).describe('The document, YAML or JSON, exact text') })
  .meta({ id: 'PolicySource' });

/** What a change of a policy would be. */
export interface PolicyPlan {
  readonly name: string;
  /** The newest version, 0 where there is none. */
  readonly base: number;
  readonly source: string;
  readonly before: Policy | undefined;
  readonly after: Policy;
  readonly diff: PolicyDiff;
  /** Apps for which it may be loosened by two persons only; empty when one may do it. */
  readonly guarded: readonly string[];
}

const NOTHING: PolicyDiff = { changes: [], loosens: 'no', because: [] };
/** Compared with what cannot be read, everything may be laxer. */
const UNREADABLE: PolicyDiff = { changes: [], loosens: 'maybe', because: ['no stored version compiles any more'] };

/**
 * Reads a document and compares it with the version that it would follow.
 *
 * @throws ConfigError `policy.document_invalid` with every fault and its place; RequestError `service.policy_reserved`
 */
export async function planPolicy(service: Service, issuer: Issuer, name: string, source: string): Promise<PolicyPlan> {
  const newest = await service.store.newestPolicy(issuer.iss, name);
  const base = newest?.version ?? 0;
  const after = parsePolicy(source, { version: base + 1, name });
  if (newest === undefined && presetOf(name) !== undefined) throw fault('service.policy_reserved', { found: name });
  // Not as it was a moment ago, which may have been laxer.
  service.policies.forget();
  const before = newest && (await service.policies.find(issuer.iss, name).catch(undefinedWhenFaulty));
  const diff = before === undefined ? diffWithout(newest) : diffPolicies(before, after);
  const guarded = diff.loosens === 'no' ? [] : await guardedBy(service.store, issuer.iss, name, service.clock());
  return { name, base, source, before, after, diff, guarded };
}

const diffWithout = (newest: PolicyVersion | undefined): PolicyDiff => (newest === undefined ? NOTHING : UNREADABLE);
