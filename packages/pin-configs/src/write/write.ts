import { RequestError } from '@assay/core';
import type { PinPolicy } from '../policy/model.ts';
import { PIN_CONFIGS_REASONS } from '../reasons.ts';
import { fit } from './fit.ts';
import { labComment, labRefusals, labWarnings, toLabPolicy, withAuthority } from './lab.ts';
import { namingSource } from './source.ts';
import type { LabVariant, Target, Warning, WriteOptions, Written } from './target.ts';

/**
 * The files of one target.
 *
 * @throws TargetRefused when the target cannot express the policy: nothing weaker is written
 */
export function writeTarget(target: Target, policy: PinPolicy, options: WriteOptions = {}): Written {
  const { lab } = options;
  return lab === undefined ? written(target, policy, options) : writtenForLab(target, policy, options, lab);
}

function written(target: Target, policy: PinPolicy, options: WriteOptions): Written {
  const { policy: fitted, warnings, refusals } = fit(policy, target, options);
  if (refusals.length > 0) throw new TargetRefused(target, refusals);
  const { source = 'assay.pins.yaml' } = options;
  const files = target.files(fitted, options).map(({ path, text }) => ({ path, text: namingSource(text, source) }));
  return { target, files, warnings };
}

function writtenForLab(target: Target, policy: PinPolicy, options: WriteOptions, lab: LabVariant): Written {
  const refusals = labRefusals(target.can);
  if (refusals.length > 0) throw new TargetRefused(target, refusals);
  const { files, warnings } = written(target, toLabPolicy(policy, lab, target.can), options);
  return {
    target,
    files: withAuthority(files, lab).map(({ path, text }) => ({ path, text: labComment(text) })),
    warnings: [...warnings, ...labWarnings(target.can, files)],
  };
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
