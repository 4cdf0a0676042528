import type { AssayError, AttestEnvironment, CheckResult, LaunchCategory, Verdict } from '@assay/core';
import { isPassing } from '@assay/core';
import {
  type Appraisal,
  loadAppleTrust,
  loadGoogleHardwareAnchors,
  loadHuaweiAnchors,
  verifyAppAttestAssertion,
  verifyAppAttestAttestation,
  verifyAppAttestReceipt,
  verifyKeyAttestation,
  verifyPlayIntegrity,
  verifySysIntegrity,
} from '@assay/evidence';
import { evaluatePolicy, type Policy, STRICT_POLICY, strictPolicy } from '@assay/policy';
import type {
  AssertionCase,
  AttestationCase,
  EvidenceCase,
  KeyAttestationCase,
  PlayIntegrityCase,
  ReceiptCase,
  SysIntegrityCase,
} from './case.ts';
import { HUAWEI_STRICT, PLAY_STRICT } from './policies.ts';

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
      return judged(verifyAttestation(evidence, at), options.policy ?? attestationPolicy(evidence), at);
    case 'apple-app-attest-assertion':
      return judged(verifyAssertion(evidence), undefined, at);
    case 'apple-app-attest-receipt':
      return judged(verifyReceipt(evidence, at), undefined, at);
    case 'android-key-attestation':
      return judged(verifyChain(evidence, at), options.policy ?? STRICT_POLICY, at);
    case 'play-integrity':
      return judged(verifyPlay(evidence, at), options.policy ?? PLAY_STRICT, at);
    case 'huawei-sysintegrity':
      return judged(verifyResult(evidence, at), options.policy ?? HUAWEI_STRICT, at);
  }
}

function judged(appraisal: Appraisal<unknown>, policy: Policy | undefined, at: number): Judgement {
  const { checks } = appraisal;
  if (appraisal.outcome === 'rejected') {
    return { outcome: 'rejected', checks, error: appraisal.error, verdict: undefined, appraisal };
  }
  const verdict = policy === undefined ? undefined : evaluatePolicy(policy, appraisal.facts, { at });
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

function verifyPlay({ source, keys, binding, apps, maxAgeMs }: PlayIntegrityCase, at: number): Appraisal<unknown> {
  return verifyPlayIntegrity(
    { ...source, binding, apps },
    { at, keys, ...(maxAgeMs === undefined ? {} : { maxAgeMs }) },
  );
}

/** Roots of one's own are taken for the service that the case is of: whoever names the file says so. */
function verifyResult({ anchors, maxAgeMs, ...evidence }: SysIntegrityCase, at: number): Appraisal<unknown> {
  const own = anchors?.map((anchor) => ({ ...anchor, kind: evidence.flavour }));
  const trust = { anchors: own ?? loadHuaweiAnchors() };
  return verifySysIntegrity(evidence, { trust, at, ...(maxAgeMs === undefined ? {} : { maxAgeMs }) });
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

/** The strict policy with the environments and launch categories that the case allows; where it names none, any may be. */
function attestationPolicy({ environments, launch }: AttestationCase): Policy {
  const categories = launch?.categories.map((number) => CATEGORIES[number] ?? 'unknown') ?? CATEGORIES;
  return strictPolicy({
    environments: environments.filter(isEnvironment),
    categories,
    isCategoryRequired: launch?.required ?? false,
  });
}

const isEnvironment = (text: string): text is AttestEnvironment => text === 'production' || text === 'development';
