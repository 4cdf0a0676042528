import type { FaultKind, FaultRow, FaultSpecs } from './faults.ts';

/** One point in which a device is not what it should be, in one kind of its evidence. */
export interface Difference {
  readonly kind: FaultKind;
  readonly row: NonNullable<FaultRow[FaultKind]>;
}

/** What a genuine device would be, with the differences of one kind. */
export function changed<K extends FaultKind>(
  genuine: FaultSpecs[K],
  kind: K,
  differences: readonly Difference[],
): FaultSpecs[K] {
  let spec = genuine;
  for (const { kind: other, row } of differences) {
    if (other === kind && 'changes' in row) spec = { ...spec, ...row.changes };
  }
  return spec;
}
