import { toAcr } from '@assay/core';
import { createSupportCode, parseChallenge, SUPPORT_CODE_RANDOM_BYTES } from '@assay/tokens';
import { ANSWERS, type Answer } from './answers.ts';
import type { Attestation } from './attestation.ts';
import { type Api, check, type Finding } from './check.ts';
import type { Demands } from './demands.ts';
import type { VerificationEvent } from './events.ts';
import type { Incoming } from './incoming.ts';
import { type AnswerParts, answer, type Refusal, type Required } from './refusal.ts';
import type { Setup } from './setup.ts';
import { userScheme } from './steps/credentials.ts';

type Headers = Readonly<Record<string, string>>;

/** Attested. `headers` go on the response: they renew the caller's nonce. */
export interface Admitted {
  readonly outcome: 'admitted';
  readonly attestation: Attestation;
  readonly headers: Headers;
}

/** Not attested, and let through by the stage. `refusal` is absent at stage `off` alone. */
export interface Unattested {
  readonly outcome: 'unattested';
  readonly refusal?: Refusal;
  readonly headers: Headers;
}

/** To be answered with this status, these headers and the problem as JSON. */
export interface Refused extends AnswerParts {
  readonly outcome: 'refused';
}

export type Result = Admitted | Unattested | Refused;

type Rejected = Extract<Finding, { readonly refusal: Refusal }>;
type Held = Exclude<Finding, Rejected>;

/** Checks a request and does with the finding what the stage of the route says. */
export async function decide(incoming: Incoming, api: Api, demands: Demands): Promise<Result> {
  const { stage } = demands;
  if (stage === 'off') return { outcome: 'unattested', headers: {} };
  const { setup } = api;
  const finding = await check(incoming, api, demands);
  const event = { at: setup.clock(), stage, ...callerOf(finding.token) };
  if (finding.refusal === undefined) {
    void tell(setup, { ...event, outcome: 'admitted' });
    return admit(finding, setup);
  }
  const support = createSupportCode(setup.random(SUPPORT_CODE_RANDOM_BYTES));
  const result = reject(finding, incoming, setup, demands, support);
  const told = { ...event, ...asShown(finding.refusal, setup), ...decoysOf(finding, setup) };
  void tell(setup, { ...told, outcome: result.outcome, support });
  return result;
}

function admit({ attestation, proof, token }: Held, setup: Setup): Admitted {
  const isDue = proof !== undefined && isNonceDue(proof.claims.nonce, setup.clock());
  return { outcome: 'admitted', attestation, headers: isDue ? freshNonce(setup, token.jkt) : {} };
}

/** Half of a nonce's life: a caller that comes by now and then never runs out of one. */
const RENEW_AFTER_MS = 150_000;

/** Whether the caller holds no nonce yet, or an old one. The proof was verified with it: it is in its form. */
function isNonceDue(nonce: string | undefined, at: number): boolean {
  return nonce === undefined || at - parseChallenge(nonce).issuedAt * 1000 >= RENEW_AFTER_MS;
}

/** RFC 9449 8.2: a response with a nonce is not to be stored. From now on this key must use nonces. */
function freshNonce({ proofs }: Setup, jkt: string | undefined): Headers {
  return { 'dpop-nonce': proofs.nonces.issue(jkt), 'cache-control': 'no-store' };
}

function reject(finding: Rejected, incoming: Incoming, setup: Setup, demands: Demands, support: string): Result {
  const { refusal, token } = finding;
  const wantsNonce = refusal.problem === 'use_dpop_nonce';
  const headers = wantsNonce ? freshNonce(setup, token?.jkt) : {};
  if (isLetThrough(refusal, demands)) return { outcome: 'unattested', refusal, headers };
  const { problem } = asShown(refusal, setup);
  const required = problem === 'use_fresh_attestation' ? requiredBy(demands) : undefined;
  const context = { userScheme: userScheme(incoming, setup.shape), nonce: headers['dpop-nonce'], support, required };
  return { outcome: 'refused', ...answer(problem, context) };
}

/** What the caller learns of a refusal: where tokens are sealed, nothing that depends on what his token says. */
function asShown(refusal: Refusal, { isSealed }: Setup): Refusal {
  const { isHiddenWhenSealed }: Answer = ANSWERS[refusal.problem];
  return isSealed && isHiddenWhenSealed === true ? { ...refusal, problem: 'invalid_token' } : refusal;
}

function isLetThrough({ problem }: Refusal, { stage }: Demands): boolean {
  return stage === 'monitor' || (stage === 'soft' && ANSWERS[problem].passesSoft);
}

function requiredBy({ acr, tier, maxAge, maxEnrolmentAge }: Demands): Required {
  return {
    acr: toAcr(acr),
    tier,
    ...(Number.isFinite(maxAge) ? { max_age: maxAge } : {}),
    ...(Number.isFinite(maxEnrolmentAge) ? { max_enrolment_age: maxEnrolmentAge } : {}),
  };
}

function decoysOf({ refusal, token }: Rejected, { decoys }: Setup): Pick<VerificationEvent, 'decoys'> {
  const isDecoy = refusal.code === 'middleware.decoy_refused' && token !== undefined;
  return isDecoy ? { decoys: decoys.add(token.claims.iid) } : {};
}

const callerOf = (token: Finding['token']): Pick<VerificationEvent, 'app' | 'instance'> =>
  token === undefined ? {} : { app: token.claims.sub, instance: token.claims.iid };

async function tell({ onEvent }: Setup, event: VerificationEvent): Promise<void> {
  try {
    await onEvent?.(event);
  } catch {
    // The decision stands: were it to depend on a log, a full disk would open or close an API.
  }
}
