import type { Case } from '../case.ts';

/** How a case differs from the valid server, member by member: exact, and the same words as in the battery's files. */
export function differencesOf({ recipe, host, steps, clock, pinSet }: Case): readonly string[] {
  return [
    ...flattened('', recipe),
    ...(host === '{host}' ? [] : [`host: ${host}`]),
    ...(steps.join() === 'request' ? [] : [`steps: ${steps.join(', ')}`]),
    ...(clock === undefined ? [] : [`clock of the client: ${clock} s`]),
    ...(pinSet === undefined ? [] : flattened('pinSet', pinSet)),
  ];
}

function flattened(path: string, value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${path} = ${String(value)}`];
  if (Array.isArray(value)) return [`${path} = ${value.length === 0 ? 'none' : value.map(String).join(', ')}`];
  return Object.entries(value).flatMap(([name, each]) => flattened(path === '' ? name : `${path}.${name}`, each));
}
