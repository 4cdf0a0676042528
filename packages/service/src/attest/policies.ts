import { parseStrictJson } from '@assay/formats';
import { type Policy, parsePolicy, STRICT_DEVELOPMENT_POLICY, STRICT_POLICY } from '@assay/policy';
import type { Service } from '../context.ts';
import { fault } from '../fault.ts';

const BUILT_IN: ReadonlyMap<string, Policy> = new Map(
  [STRICT_POLICY, STRICT_DEVELOPMENT_POLICY].map((policy) => [policy.name, policy]),
);

const LIMITS = { maxBytes: 1 << 20, maxDepth: 16 };

/**
 * The policy that an app names: registered with the issuer, else built in.
 *
 * @throws ConfigError `service.policy_unknown`, `policy.document_invalid`: never a refusal of the device
 */
export async function policyOf(service: Service, iss: string, name: string): Promise<Policy> {
  const registered = await service.registry.policy(iss, name);
  if (registered !== undefined) return parsePolicy(parseStrictJson(registered, LIMITS));
  const builtIn = BUILT_IN.get(name);
  if (builtIn === undefined) throw fault('service.policy_unknown', { found: name });
  return builtIn;
}
