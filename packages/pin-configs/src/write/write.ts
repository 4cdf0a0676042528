import { RequestError } from '@assay/core';
import type { PinPolicy } from '../policy/model.ts';
import { PIN_CONFIGS_REASONS } from '../reasons.ts';
import { fit } from './fit.ts';
import { namingSource } from './source.ts';
import type { Target, Warning, WriteOptions, Written } from './target.ts';

/**
 * The files of one target.
 *
 * @throws TargetRefused when the target cannot express the policy: nothing weaker is written
 */
export function writeTarget(target: Target, policy: PinPolicy, options: WriteOptions = {}): Written {
  const { policy: fitted, warnings, refusals } = fit(policy, target, options);
  if (refusals.length > 0) throw new TargetRefused(target, refusals);
  const { source = 'assay.pins.yaml' } = options;
  const files = target.files(fitted, options).map(({ path, text }) => ({ path, text: namingSource(text, source) }));
  return { target, files, warnings };
}

/** A target cannot express a policy: what it cannot, by host. */
export class TargetRefused extends RequestError {
  readonly target: Target;
  readonly refusals: readonly Warning[];

  constructor(target: Target, refusals: readonly Warning[]) {
    const lines = refusals.map(({ host, message }) => (host === undefined ? message : `${host}: ${message}`));
    const { hint } = PIN_CONFIGS_REASONS['pin_configs.target_cannot'];
    super('pin_configs.target_cannot', `${target.id} cannot express the policy: ${lines.join('\n  ')}`, { hint });
    this.target = target;
    this.refusals = refusals;
  }
}
