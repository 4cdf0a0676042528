/**
 * Huawei's system integrity results, after the documents named in `clauses.ts`: HMS Safety Detect on phones, the Device
 * Security Kit on HarmonyOS NEXT.
 *
 * Left to the caller: the nonce is its own and single use. Left to the policy: basicIntegrity and what `detail` names.
 *
 * Left out, with reasons: revocation (Huawei names no list that a verifier could rely on); `advice` and `apkDigestSha256`,
 * which say nothing that a policy could hold a device to.
 */
import type { CheckStep } from '@assay/core';
import { type Appraisal, appraise, type Conclusion } from '../shared/appraisal.ts';
import { age } from './checks/age.ts';
import { app } from './checks/app.ts';
import { certificates } from './checks/certificates.ts';
import { host } from './checks/host.ts';
import { nonce } from './checks/nonce.ts';
import { path } from './checks/path.ts';
import { payload } from './checks/payload.ts';
import { signature } from './checks/signature.ts';
import { token } from './checks/token.ts';
import { assertExpected } from './expected.ts';
import { sysIntegrityFacts } from './facts.ts';
import { createState, type SysIntegrityContext, type SysIntegrityInput, type SysIntegrityState } from './state.ts';

/** Cheap before dear: form, then what binds the result to this request, then the work with public keys. */
export const SYS_INTEGRITY_CHECKS: readonly CheckStep<SysIntegrityState>[] = [
  token,
  certificates,
  payload,
  nonce,
  age,
  app,
  host,
  path,
  signature,
];

/** What a result shows beyond its facts. */
export interface SysIntegrityResult {
  readonly package: string;
  /** Epoch milliseconds by Huawei's clock. */
  readonly timestamp: number;
  readonly basicIntegrity: boolean | undefined;
  /** What was found, in Huawei's words. */
  readonly detail: readonly string[];
  readonly anchorId: string;
}

/**
 * Verifies a system integrity result: Huawei's service says, just now and for this request, how it found this device, and
 * which app asked.
 *
 * @example
 * const trust = { anchors: loadHuaweiAnchors() };
 * const result = verifySysIntegrity({ jws, flavour: 'hms', nonce, apps }, { trust, at: clock.now() });
 * if (result.outcome === 'verified') judge(result.facts);
 *
 * @throws ConfigError `huawei.apps_empty`, `huawei.signer_digest_malformed`, `huawei.nonce_empty`, `x509.anchors_empty`
 */
export function verifySysIntegrity(
  input: SysIntegrityInput,
  context: SysIntegrityContext,
): Appraisal<SysIntegrityResult> {
  assertExpected(input);
  return appraise(SYS_INTEGRITY_CHECKS, createState(input, context), conclude);
}

function conclude(state: SysIntegrityState): Conclusion<SysIntegrityResult> {
  const { timestamp, basicIntegrity, detail } = state.payload.value;
  if (timestamp === undefined) throw new Error('a result without a time passed');
  return {
    proven: {
      package: state.app.value.package,
      timestamp,
      basicIntegrity,
      detail,
      anchorId: state.anchor.value.id,
    },
    facts: sysIntegrityFacts(state),
  };
}
