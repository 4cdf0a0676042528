import { type PinPolicy, TARGETS, type Target, TargetRefused, type Warning, writeTarget } from '@assay/pin-configs';
import type { WriteWishes, WrittenTarget } from './model.ts';

/** The files of every target, or why a target cannot have any. */
export function writtenFrom(policy: PinPolicy, wishes: WriteWishes): readonly WrittenTarget[] {
  return TARGETS.map((target) => writtenFor(target, policy, wishes));
}

function writtenFor(target: Target, policy: PinPolicy, wishes: WriteWishes): WrittenTarget {
  const { id, title, caveats } = target;
  try {
    const { files, warnings } = writeTarget(target, policy, wishes);
    return { id, title, caveats, files, warnings: warnings.map(said), refusals: [] };
  } catch (error) {
    if (!(error instanceof TargetRefused)) throw error;
    return { id, title, caveats, files: [], warnings: [], refusals: error.refusals.map(said) };
  }
}

const said = ({ host, message }: Warning): string => (host === undefined ? message : `${host}: ${message}`);
