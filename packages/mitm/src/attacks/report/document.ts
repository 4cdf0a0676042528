import type { AttackReport, AttackResult } from '../run.ts';

export const ATTACK_SCHEMA = 'assay.mitm.attack/1';

/** The report as plain data, under its versioned schema. */
export function toDocument({ results, ...report }: AttackReport): {
  readonly schema: typeof ATTACK_SCHEMA;
  readonly [member: string]: unknown;
} {
  return { schema: ATTACK_SCHEMA, ...report, results: results.map(toPlain) };
}

function toPlain({ attack, ...result }: AttackResult): object {
  const { run: _, ...row } = attack;
  return { ...row, ...result };
}
