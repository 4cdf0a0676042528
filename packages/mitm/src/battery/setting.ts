import { type Change, type Setting, setting } from './grammar.ts';

/** The valid server, asked once for the host. */
export const VALID_SETTING: Setting = { host: '{host}', steps: ['request'] };

/**
 * A setting with a change laid over it: members that the change does not have stay, lists are replaced as a whole.
 *
 * @throws ShapeError where the change leaves something out that nothing underneath has
 */
export function changed(from: Setting, change: Change, path: string): Setting {
  return setting(overlaid(from, change), path);
}

function overlaid(under: unknown, over: unknown): unknown {
  if (!isMap(under) || !isMap(over)) return over;
  const names = [...new Set([...Object.keys(under), ...Object.keys(over)])];
  return Object.fromEntries(
    names.map((name) => [name, Object.hasOwn(over, name) ? overlaid(under[name], over[name]) : under[name]]),
  );
}

/** The members in which two settings differ, for example `chain.leaf.key`; a list is one member. */
export function differences(one: Setting, other: Setting): readonly string[] {
  const [left, right] = [leavesOf(one), leavesOf(other)];
  return [...new Set([...left.keys(), ...right.keys()])].filter((path) => left.get(path) !== right.get(path));
}

function leavesOf(value: unknown, path = ''): Map<string, string> {
  if (!isMap(value)) return new Map([[path, JSON.stringify(value)]]);
  return new Map(
    Object.entries(value).flatMap(([name, each]) => [...leavesOf(each, path === '' ? name : `${path}.${name}`)]),
  );
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
