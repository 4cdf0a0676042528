import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(import.meta.dirname, 'weights/package.json'));

/**
 * A module of tools/weights/: what only tests need, installed apart by the tasks that need it.
 * Throws with the next step where it is absent; whoever calls narrows what comes back.
 */
export async function importWeight(name: string): Promise<Readonly<Record<string, unknown>>> {
  return await import(pathToFileURL(pathOfWeight(name)).href);
}

function pathOfWeight(name: string): string {
  try {
    return require.resolve(name);
  } catch (cause) {
    throw new Error(`${name} is not installed for this platform; run \`npm test\` once, which fetches it`, { cause });
  }
}
