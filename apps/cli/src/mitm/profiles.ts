import { parseStrictJson } from '@assay/formats';
import { DEFAULT_PROFILE, type Profile, parseProfile } from '@assay/mitm';
import { naming, readInput } from '../input.ts';
import type { RunOptions } from './options.ts';

const LIMITS = { maxBytes: 1 << 20, maxDepth: 8, maxMembers: 10_000 };

/**
 * What is known of the client: a file, or what is assumed of any client; `--exec` and `--can` go before both.
 *
 * @throws ConfigError `mitm.profile_malformed`; UpstreamError `cli.file_unreadable`
 */
export function profileOf({ profile: path, command, can }: RunOptions): Profile {
  const profile = path === undefined || path === DEFAULT_PROFILE.name ? DEFAULT_PROFILE : readProfile(path);
  return {
    ...profile,
    ...(command === undefined ? {} : { command }),
    can: [...new Set([...profile.can, ...can])],
  };
}

function readProfile(path: string): Profile {
  return naming(path, 'repair the profile there', () => parseProfile(parseStrictJson(readInput(path), LIMITS)));
}
