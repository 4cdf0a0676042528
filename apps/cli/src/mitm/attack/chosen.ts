import { ATTACK_GROUPS, ATTACKS, type Attack } from '@assay/mitm/attacks';
import { fault } from '../../reasons.ts';

const NAMES: ReadonlySet<string> = new Set([...ATTACKS.map(({ id }) => id), ...Object.keys(ATTACK_GROUPS)]);

/** Attacks by id or group, in their own order; all of them without a wish. @throws RequestError `cli.usage` */
export function chosenAttacks(wishes: readonly string[]): readonly Attack[] {
  const names = wishes.flatMap((wish) => wish.split(',').map((name) => name.trim()));
  const unknown = names.find((name) => !NAMES.has(name));
  if (unknown !== undefined) {
    const expected = `the id of an attack, or a group: ${Object.keys(ATTACK_GROUPS).join(', ')}`;
    throw fault('cli.usage', { message: '--only names no attack', expected, found: unknown });
  }
  return names.length === 0 ? ATTACKS : ATTACKS.filter(({ id, group }) => names.includes(id) || names.includes(group));
}
