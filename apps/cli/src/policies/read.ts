import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { ConfigError } from '@assay/core';
import { decodeUtf8 } from '@assay/formats';
import { type Policy, PolicyDocumentError, PRESETS, parsePolicy, presetOf } from '@assay/policy';
import { z } from 'zod';
import type { Admin } from '../admin/client.ts';
import type { World } from '../command.ts';
import { naming, readInput, readStdin } from '../input.ts';
import { fault } from '../reasons.ts';

const MAX_BYTES = 256 * 1024;
const PRESET = 'preset:';

/** How a policy is named on a command line, for the help. */
export const POLICY_OPERAND = `a file (- is stdin), preset:NAME, or a policy of the server as NAME or NAME@VERSION`;

/** A preset, or a policy out of a file: every fault with file, line and column. @throws ConfigError `policy.document_invalid` */
export async function readPolicyFile(world: Pick<World, 'stdin'>, path: string): Promise<Policy> {
  if (path.startsWith(PRESET)) return readPreset(path.slice(PRESET.length));
  const bytes = path === '-' ? await readStdin(world, MAX_BYTES) : readInput(path, MAX_BYTES);
  const name = path === '-' ? 'stdin' : path;
  return compiled(name, () => parsePolicy(decodeUtf8(bytes, 'json.not_utf8'), { version: 1 }));
}

/** One line for each fault, as editors and compilers write them. */
function compiled(name: string, parse: () => Policy): Policy {
  const hint = 'repair the file; nothing was changed';
  try {
    return naming(name, hint, parse);
  } catch (error) {
    const cause = error instanceof ConfigError ? error.cause : undefined;
    if (!(cause instanceof PolicyDocumentError)) throw error;
    const lines = cause.faults.map(
      ({ line, column, path, expected }) => `${name}:${line}:${column}: ${path}: expected ${expected}`,
    );
    throw new ConfigError(cause.code, lines.join('\n'), { hint }, { cause });
  }
}

/** @throws RequestError `cli.preset_unknown` */
export function readPreset(name: string): Policy {
  const preset = presetOf(name);
  if (preset !== undefined) return preset;
  throw fault('cli.preset_unknown', { found: name, expected: PRESETS.map((each) => each.name).join(', ') });
}

const Version = z.looseObject({ name: z.string(), version: z.int(), source: z.string() });

/** A policy that the server has: the version in force, or the one that is named. */
async function fetchPolicy(admin: Admin, text: string): Promise<Policy> {
  const [, name = text, version] = /^(.+)@(\d{1,9})$/.exec(text) ?? [];
  const path = `policies/${encodeURIComponent(name)}${version === undefined ? '' : `/versions/${version}`}`;
  const found = await admin.get(path, Version);
  return naming(`${name}@${found.version}`, 'use an assay of the same release as the server', () =>
    parsePolicy(found.source, { version: found.version }),
  );
}

/** {@link POLICY_OPERAND}. The server is asked for what is neither a file nor a preset, and not before. */
export async function findPolicy(world: Pick<World, 'stdin'>, admin: () => Admin, text: string): Promise<Policy> {
  const isPath =
    text === '-' ||
    text.startsWith(PRESET) ||
    isAbsolute(text) ||
    /[\\/]|\.(?:ya?ml|json)$/.test(text) ||
    existsSync(text);
  return isPath ? readPolicyFile(world, text) : fetchPolicy(admin(), text);
}
