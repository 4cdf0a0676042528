import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(import.meta.dirname, 'peers/package.json'));

/** A competing library out of bench/peers, which only `npm run bench` installs. Whoever calls narrows what comes back. */
export async function importPeer(name: string): Promise<Readonly<Record<string, unknown>>> {
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(require.resolve(name)).href);
  return typeof module['default'] === 'object' ? { ...module, ...module['default'] } : module;
}

/** The function of this name, or an error that says what the peer exports. */
export function functionOf(module: Readonly<Record<string, unknown>>, name: string): (...args: unknown[]) => unknown {
  const value = module[name];
  if (typeof value !== 'function')
    throw new Error(`the peer has no function ${name}: ${Object.keys(module).join(', ')}`);
  return (...args) => Reflect.apply(value, undefined, args);
}
