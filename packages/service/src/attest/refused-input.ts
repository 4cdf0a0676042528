import type { RejectionSample } from '@assay/core';
import type { Service } from '../context.ts';
import type { Issuer } from '../issuers.ts';
import { markOf, newSupportCode } from './record.ts';
import type { Caller } from './situation.ts';

/** Name under which requests are counted that name no registered app: a sender cannot choose rows. */
const UNKNOWN_APP = '(unknown)';

/** Counts a rejection, keeps its sample while there is room, and tells who listens. */
export function noteRejection(service: Service, sample: RejectionSample): void {
  service.rejections.record(sample);
  service.events.emit({ type: 'rejection', rejection: sample });
}

/**
 * Counts input that could not be appraised: malformed, oversized, out of order. Changes no state; returns the support code
 * for the answer.
 */
export async function noteRefusedInput(
  service: Service,
  issuer: Issuer,
  refused: { readonly code: string; readonly app: string | undefined },
  caller: Caller,
): Promise<string> {
  const at = service.clock();
  const support = newSupportCode(service);
  const known = refused.app === undefined ? undefined : await service.registry.app(issuer.iss, refused.app);
  const addressHmac = markOf(await service.keys.of(issuer.iss), caller, at);
  const app = known?.id ?? UNKNOWN_APP;
  noteRejection(service, { iss: issuer.iss, app, code: refused.code, at, support, checks: [], addressHmac });
  return support;
}
