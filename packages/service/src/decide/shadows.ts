import { ConfigError, type Facts, isPassing, type ShadowVerdict, type Verdict } from '@assay/core';
import type { Scene } from '../attest/situation.ts';
import { policyOf } from '../policies.ts';
import { judge } from './conclude.ts';

/** What the app's shadow policies would have said. One that does not hold is told as an event, and never stops a decision. */
export async function shadowVerdicts(scene: Scene, facts: Facts): Promise<readonly ShadowVerdict[]> {
  const verdicts = await Promise.all(scene.app.shadows.map((name) => shadowVerdict(scene, name, facts)));
  return verdicts.filter((verdict) => verdict !== undefined);
}

async function shadowVerdict(
  { service, issuer, app, at }: Scene,
  name: string,
  facts: Facts,
): Promise<ShadowVerdict | undefined> {
  try {
    const { policy, tier, assurance, reasons } = judge(await policyOf(service, issuer.iss, name), facts, at, false);
    return { policy, tier, assurance, reasons };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    service.events.emit({ type: 'shadow_fault', iss: issuer.iss, app: app.id, policy: name, code: error.code });
    return undefined;
  }
}

/** Shadows that would have let through what the rules in force refuse, or the other way round. */
export function disagreeing(verdict: Verdict, shadows: readonly ShadowVerdict[]): readonly ShadowVerdict[] {
  return shadows.filter((shadow) => isPassing(shadow) !== isPassing(verdict));
}
