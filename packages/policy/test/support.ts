import { ABSENT, ASSURANCES, type Facts, noFacts, proven, type Tier, type Verdict } from '@assay/core';
import {
  FACT_PATHS,
  FACTS,
  type FactPath,
  type FactValue,
  type Policy,
  PolicyDocumentError,
  type PolicyFault,
  parsePolicy,
} from '@assay/policy';

/** Facts of a good Android phone. */
export function androidFacts(): Facts {
  const by = 'android-key';
  const none = noFacts();
  return {
    ...none,
    evidence: ['android-key'],
    platform: proven('android', by),
    app: { ...none.app, id: proven('com.example.bank', by) },
    key: {
      protection: proven('hardware', by),
      attestedLevel: proven('tee', by),
      attesterLevel: proven('tee', by),
      origin: proven('generated', by),
      purposes: proven([2], by),
      algorithm: proven('ec-p256', by),
    },
    device: { ...none.device, bootState: proven('verified', by), locked: proven(true, by) },
    chain: { ...none.chain, provisioning: proven('rkp', by), revocation: proven('not_listed', by) },
  };
}

/** Facts of a good iPhone: nothing proves where the instance key lives. */
export function iosFacts(): Facts {
  const by = 'apple-app-attest';
  const none = noFacts();
  return {
    ...none,
    evidence: ['apple-app-attest'],
    platform: proven('ios', by),
    app: {
      ...none.app,
      id: proven('ABCDE12345.com.example.bank', by),
      environment: proven('production', by),
      category: proven('app_store', by),
    },
    key: {
      ...none.key,
      protection: { known: 'claimed', value: 'app_asserted', by },
      attestedLevel: proven('secure_enclave', by),
    },
  };
}

/** The same facts with one of them set to a proven value, claimed, or absent. */
export function withFact(
  facts: Facts,
  path: FactPath,
  value: FactValue | undefined,
  known: 'proven' | 'claimed' = 'proven',
): Facts {
  const copy = structuredClone(facts);
  const [section = '', name] = path.split('.');
  const fact = value === undefined ? ABSENT : { known, value, by: 'test' };
  if (name === undefined) Object.assign(copy, { [section]: section === 'evidence' ? (value ?? []) : fact });
  else Object.assign(Reflect.get(copy, section), { [name]: fact });
  return copy;
}

export const provenPaths = (facts: Facts): FactPath[] =>
  FACT_PATHS.filter((path) => FACTS[path].read(facts).known === 'proven');

const TIERS: readonly Tier[] = ['contraindicated', 'none', 'warning', 'affirming'];

export function isNoBetter(verdict: Verdict, than: Verdict): boolean {
  const tier = TIERS.indexOf(verdict.tier) <= TIERS.indexOf(than.tier);
  return tier && ASSURANCES.indexOf(verdict.assurance) <= ASSURANCES.indexOf(than.assurance);
}

interface RuleDraft {
  readonly id?: string;
  readonly when?: string;
  readonly require: string;
  readonly known?: 'proven' | 'claimed';
  readonly tier?: string;
  readonly code?: string;
}

/** A document of these rules and whatever else is given, as JSON, which is YAML too. */
export function documentOf(rules: readonly RuleDraft[], rest: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    assay: 'policy/1',
    name: 'test',
    description: 'test',
    rules: rules.map(({ id, tier = 'contraindicated', code = 'policy.requirement_unmet', ...rule }, index) => ({
      id: id ?? `r${index}`,
      ...rule,
      otherwise: { tier, code },
      why: 'test',
    })),
    assurance: [{ level: 'high', when: 'key.protection == "hardware"' }],
    ...rest,
  });
}

export function policyOf(rules: readonly RuleDraft[], rest: Readonly<Record<string, unknown>> = {}): Policy {
  return parsePolicy(documentOf(rules, rest), { version: 3 });
}

/** The faults of a text that must be refused. */
export function faultsOf(source: string): readonly PolicyFault[] {
  try {
    parsePolicy(source, { version: 1 });
  } catch (error) {
    if (error instanceof PolicyDocumentError) return error.faults;
    throw error;
  }
  return [];
}
