import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const NO_PEERS = 'bench/peers is not installed';

const require = createRequire(join(import.meta.dirname, 'peers/package.json'));

/**
 * A competing library out of bench/peers, which only `npm run bench` installs; undefined when it is not there. Whoever calls
 * narrows what comes back.
 */
export async function importPeer(name: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const path = resolve(name);
  if (path === undefined) return undefined;
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href);
  return typeof module['default'] === 'object' ? { ...module, ...module['default'] } : module;
}

function resolve(name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

/** The function of this name, or an error that says what the peer exports. */
export function functionOf(module: Readonly<Record<string, unknown>>, name: string): (...args: unknown[]) => unknown {
  const value = module[name];
  if (typeof value !== 'function')
    throw new Error(`the peer has no function ${name}: ${Object.keys(module).join(', ')}`);
  return (...args) => Reflect.apply(value, undefined, args);
}
