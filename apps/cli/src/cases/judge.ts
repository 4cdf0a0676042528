import { type AssayError, type CheckResult, isPassing, type LaunchCategory, type Verdict } from '@assay/core';
import {
  type Appraisal,
  loadAppleTrust,
  loadGoogleHardwareAnchors,
  verifyAppAttestAssertion,
  verifyAppAttestAttestation,
  verifyAppAttestReceipt,
  verifyKeyAttestation,
} from '@assay/evidence';
import { evaluatePolicy, type Policy, STRICT_POLICY } from '@assay/policy';
import type {
  AssertionCase,
  AttestationCase,
  EvidenceCase,
  KeyAttestationCase,
  LaunchRule,
  ReceiptCase,
} from './case.ts';

/** What came of a case: the checks, and where the evidence holds, what a policy says of its facts. */
export interface Judgement {
  readonly outcome: 'verified' | 'rejected';
  readonly checks: readonly CheckResult[];
  /** Why it was rejected: a check's error, or undefined where the policy refused. */
  readonly error: AssayError | undefined;
  /** Undefined for a rejected case, and for kinds that no policy judges alone. */
  readonly verdict: Verdict | undefined;
  readonly appraisal: Appraisal<unknown>;
}

export interface JudgeOptions {
  /** Epoch milliseconds, for cases that bring no clock. */
  readonly now: number;
  /** Replaces the policy that the case implies. */
  readonly policy?: Policy | undefined;
}

/** Verifies one case with the product's anchors or its own, and lets the policy judge the facts. */
export function judge(evidence: EvidenceCase, options: JudgeOptions): Judgement {
  const at = evidence.at ?? options.now;
  switch (evidence.kind) {
    case 'apple-app-attest-attestation':
      return judged(verifyAttestation(evidence, at), options.policy ?? attestationPolicy(evidence));
    case 'apple-app-attest-assertion':
      return judged(verifyAssertion(evidence), undefined);
    case 'apple-app-attest-receipt':
      return judged(verifyReceipt(evidence, at), undefined);
    case 'android-key-attestation':
      return judged(verifyChain(evidence, at), options.policy ?? STRICT_POLICY);
  }
}

function judged(appraisal: Appraisal<unknown>, policy: Policy | undefined): Judgement {
  const { checks } = appraisal;
  if (appraisal.outcome === 'rejected') {
    return { outcome: 'rejected', checks, error: appraisal.error, verdict: undefined, appraisal };
  }
  const verdict = policy === undefined ? undefined : evaluatePolicy(policy, appraisal.facts);
  const holds = verdict === undefined || isPassing(verdict);
  return { outcome: holds ? 'verified' : 'rejected', checks, error: undefined, verdict, appraisal };
}

function verifyAttestation(evidence: AttestationCase, at: number): Appraisal<unknown> {
  const trust = { attestation: evidence.anchors ?? loadAppleTrust().attestation };
  return verifyAppAttestAttestation(evidence, { trust, at });
}

function verifyAssertion(evidence: AssertionCase): Appraisal<unknown> {
  return verifyAppAttestAssertion(evidence);
}

/** Age is judged only at the case's own clock: a stored receipt may be as old as it likes. */
function verifyReceipt(evidence: ReceiptCase, at: number): Appraisal<unknown> {
  const trust = { receipt: evidence.anchors ?? loadAppleTrust().receipt };
  const maxCreationAgeMs = evidence.at === undefined ? 'any' : 5 * 60_000;
  return verifyAppAttestReceipt({ ...evidence, maxCreationAgeMs }, { trust, at });
}

function verifyChain(evidence: KeyAttestationCase, at: number): Appraisal<unknown> {
  const { chain, challenge, apps, statusList } = evidence;
  const trust = { anchors: evidence.anchors ?? loadGoogleHardwareAnchors() };
  return verifyKeyAttestation(
    { chain, challenge, ...(apps === undefined ? {} : { apps }) },
    { trust, at, ...(statusList === undefined ? {} : { statusList }) },
  );
}

const CATEGORIES: readonly LaunchCategory[] = [
  'unknown',
  'platform',
  'testflight',
  'development',
  'app_store',
  'enterprise',
  'developer_id',
  'system_7',
  'system_8',
  'system_9',
  'none',
];

/** The strict policy with the environments and launch categories that the case allows. */
function attestationPolicy({ environments, launch }: AttestationCase): Policy {
  const rules = STRICT_POLICY.rules.flatMap((rule) => {
    if (rule.id === 'ios.environment') return [{ ...rule, require: { in: environments } }];
    if (rule.id !== 'ios.category') return [rule];
    return launch === undefined ? [] : [withLaunch(rule, launch)];
  });
  return { ...STRICT_POLICY, rules };
}

function withLaunch({ whenAbsent: _, ...rule }: Policy['rules'][number], { categories, required }: LaunchRule) {
  const allowed = { ...rule, require: { in: categories.map((number) => CATEGORIES[number] ?? 'unknown') } };
  return required ? allowed : { ...allowed, whenAbsent: 'passes' as const };
}
