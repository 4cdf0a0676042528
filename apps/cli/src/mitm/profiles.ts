import { parseStrictJson } from '@assay/formats';
import { builtInProfile, type Capability, DEFAULT_PROFILE, type Profile, parseProfile } from '@assay/mitm';
import { naming, readInput } from '../input.ts';
import { fault } from '../reasons.ts';
import type { RunOptions } from './options.ts';

const LIMITS = { maxBytes: 1 << 20, maxDepth: 8, maxMembers: 10_000 };

/**
 * What is known of the client: a recorded one by name, a file, or what is assumed of any client; `--exec`, `--can`
 * and `--cannot` go before all three.
 *
 * @throws RequestError `cli.usage` without a command; ConfigError `mitm.profile_malformed`; UpstreamError `cli.file_unreadable`
 */
export function profileOf({
  profile: path,
  command,
  can,
  cannot,
}: Pick<RunOptions, 'profile' | 'command' | 'can' | 'cannot'>): Profile & { readonly command: string } {
  const profile =
    path === undefined || path === DEFAULT_PROFILE.name ? DEFAULT_PROFILE : (builtInProfile(path) ?? readProfile(path));
  const run = command ?? profile.command;
  if (run === undefined) {
    throw fault('cli.usage', { message: `the profile ${profile.name} has no command`, expected: "--exec 'COMMAND'" });
  }
  return { ...profile, command: run, can: ableOf([...profile.can, ...can], cannot) };
}

/** Each capability once, without those that were taken away. */
export const ableOf = (can: readonly Capability[], cannot: readonly Capability[]): readonly Capability[] =>
  [...new Set(can)].filter((each) => !cannot.includes(each));

function readProfile(path: string): Profile {
  return naming(path, 'repair the profile there', () => parseProfile(parseStrictJson(readInput(path), LIMITS)));
}
