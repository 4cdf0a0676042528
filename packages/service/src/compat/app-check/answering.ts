import { type AssayError, type CheckResult, EvidenceError, RequestError } from '@assay/core';
import { markOf, newSupportCode } from '../../attest/record.ts';
import { noteRejection } from '../../attest/refused-input.ts';
import { Rejected } from '../../attest/rejected.ts';
import type { Exchanged } from './conclude.ts';
import type { FacadeScene } from './scene.ts';

type Refusal = Exclude<Exchanged['outcome'], 'issued'>;

/** Rejections that another outcome than a refusal stands for. */
const OUTCOMES: Readonly<Record<string, Refusal>> = {
  'apple.counter_replayed': 'crossed',
  'service.counter_replayed': 'crossed',
  'service.artifact_unknown': 'key_unknown',
  'service.facade_key_unknown': 'key_unknown',
};

/** Runs an exchange; evidence that does not hold, or cannot be read, is counted and answered as a refusal. */
export async function answering(scene: FacadeScene, exchange: () => Promise<Exchanged>): Promise<Exchanged> {
  try {
    return await exchange();
  } catch (error) {
    if (error instanceof Rejected) return reject(scene, error.error, error.checks);
    if (error instanceof EvidenceError) return reject(scene, error, []);
    throw error;
  }
}

function reject(scene: FacadeScene, error: AssayError, checks: readonly CheckResult[]): Exchanged {
  if (!(error instanceof EvidenceError || error instanceof RequestError)) throw error;
  const { service, issuer, keys, app, at, caller } = scene;
  const support = newSupportCode(service);
  const addressHmac = markOf(keys, caller, at);
  noteRejection(service, { iss: issuer.iss, app: app.id, code: error.code, at, support, checks, addressHmac });
  return { outcome: OUTCOMES[error.code] ?? 'refused', support };
}

/**
 * Runs what registers a key, and once more where another exchange of that key was first: its row is there then. Told a 403, the
 * client would drop a key that is good.
 */
export async function registering(attempt: () => Promise<Exchanged>): Promise<Exchanged> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof EvidenceError && error.code === 'service.key_registered') return attempt();
    throw error;
  }
}
