import { createStopwatch } from '../../attest/stopwatch.ts';
import { apiOf, type Exchange } from './conclude.ts';
import type { FacadeScene } from './scene.ts';

export { toArtifact } from './artifact.ts';
export { exchangeAssertion } from './assertion.ts';
export { exchangeAttestation } from './attestation.ts';
export { makeFacadeChallenge } from './challenge.ts';
export type { Exchange, Exchanged } from './conclude.ts';
export { exchangeDebugToken } from './debug.ts';
export { enterFacade, type FacadeResource, type FacadeScene } from './scene.ts';

/** Begins an exchange. @throws ConfigError `service.facade_api_unfit` */
export async function beginExchange(scene: FacadeScene, limitedUse: boolean): Promise<Exchange> {
  const watch = createStopwatch(scene.service.elapsed, scene.caller.parseMs ?? 0);
  return { scene, api: await apiOf(scene), limitedUse, watch };
}
