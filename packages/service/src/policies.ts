import { AssayError, type Clock, type PolicyStore, type PolicyVersion } from '@assay/core';
import { type Policy, parsePolicy, presetOf } from '@assay/policy';
import { fault } from './fault.ts';
import { createMemory } from './memory.ts';

/** How long a version is taken for the newest: another replica's change takes effect within this time. */
const CACHE_MS = 2_000;
const CACHE_ENTRIES = 10_000;
/** A policy of fifteen rules is some hundred kilobytes once it is compiled. */
const MAX_COMPILED = 256;

/** Stored policies, compiled once for each version. */
export interface PolicyKeeper {
  /** The policy in force under a name, or undefined where there is neither a stored one nor a preset. */
  find(iss: string, name: string): Promise<Policy | undefined>;
  /** One version, for deciding again what was decided by it; undefined when it is not here. */
  findVersion(iss: string, name: string, version: number): Promise<Policy | undefined>;
  /** The newest version of a policy that cannot be compiled any more, with why: the last one that can is in force. */
  broken(iss: string): Promise<readonly BrokenPolicy[]>;
  /** Forgets which versions are the newest, after a write by this process. */
  forget(): void;
}

export interface BrokenPolicy {
  readonly name: string;
  readonly version: number;
  readonly code: string;
}

/**
 * Reads policies through a short memory. What was compiled is good for as long as the text is the same. What no longer compiles
 * (after an upgrade, or by a hand in the database) leaves the newest version in force that does, and is an alarm by
 * {@link PolicyKeeper.broken}.
 */
export function createPolicyKeeper(store: PolicyStore, clock: Clock): PolicyKeeper {
  const newest = createMemory<Policy | undefined>(clock, CACHE_MS, CACHE_ENTRIES);
  const compiled = new Map<string, Policy>();

  function compile({ iss, name, version, source }: PolicyVersion): Policy {
    const key = `${iss} ${name} ${version}`;
    const known = compiled.get(key);
    // A database that was restored may number another text alike.
    if (known?.source === source) return known;
    const policy = parsePolicy(source, { version, name });
    if (compiled.size >= MAX_COMPILED) compiled.clear();
    compiled.set(key, policy);
    return policy;
  }

  async function read(iss: string, name: string): Promise<Policy | undefined> {
    const row = await store.newestPolicy(iss, name);
    if (row === undefined) return presetOf(name);
    if (faultOf(row) === undefined) return compile(row);
    const older = await store.policyHistory(iss, name);
    const good = older.find((each) => faultOf(each) === undefined);
    // Nothing of this name ever held: its author's text is the fault to tell.
    return compile(good ?? row);
  }

  function faultOf(row: PolicyVersion): string | undefined {
    try {
      compile(row);
      return undefined;
    } catch (error) {
      if (error instanceof AssayError) return error.code;
      throw error;
    }
  }

  return {
    find: (iss, name) => newest.get(`${iss} ${name}`, () => read(iss, name)),
    async findVersion(iss, name, version) {
      const row = await store.policyVersion(iss, name, version);
      if (row !== undefined) return compile(row);
      const preset = presetOf(name);
      return preset?.version === version ? preset : undefined;
    },
    async broken(iss) {
      const rows = await store.policies(iss);
      return rows.flatMap((row) => {
        const code = faultOf(row);
        return code === undefined ? [] : [{ name: row.name, version: row.version, code }];
      });
    },
    forget: () => newest.forget(),
  };
}

/**
 * The policy that an app names: stored with the issuer, else a preset.
 *
 * @throws ConfigError `service.policy_unknown`, `policy.*`: never a refusal of the device
 */
export async function policyOf(
  { policies }: { readonly policies: PolicyKeeper },
  iss: string,
  name: string,
): Promise<Policy> {
  const policy = await policies.find(iss, name);
  if (policy === undefined) throw fault('service.policy_unknown', { found: name });
  return policy;
}
