import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { promisify } from 'node:util';
import type { World } from '../command.ts';
import { fault } from '../reasons.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where packages of libfaketime put it: Debian, Fedora, Arch, what was built by hand, Homebrew. */
const PLACES = [
  '/usr/lib/*/faketime/libfaketimeMT.so.1',
  '/usr/lib64/faketime/libfaketimeMT.so.1',
  '/usr/lib/faketime/libfaketimeMT.so.1',
  '/usr/local/lib/faketime/libfaketimeMT.so.1',
  '/opt/homebrew/lib/faketime/libfaketime.1.dylib',
  '/usr/local/lib/faketime/libfaketime.1.dylib',
];
const TOLERANCE_MS = 60_000;
const PROBE_MS = 10_000;
const NEXT = 'apt-get install libfaketime (macOS: brew install libfaketime), or name the library with ASSAY_FAKETIME';

/** What puts a process under another clock. */
export interface Faketime {
  /** To be laid over the environment of a process. */
  environment(seconds: number, base: Environment): Environment;
}

/** The library, where there is one. @throws UpstreamError `cli.clock_unmovable` when the one that is named is not there */
export function findFaketime({ env }: Pick<World, 'env'>): Faketime | undefined {
  const named = env['ASSAY_FAKETIME'] || undefined;
  if (named !== undefined && !existsSync(named)) throw unmovable(`there is no ${named}`);
  const library = named ?? PLACES.flatMap((place) => globSync(place))[0];
  return library === undefined ? undefined : { environment: (seconds, base) => moved(library, seconds, base) };
}

/**
 * Proves by a process of its own that the clock does move.
 *
 * @throws UpstreamError `cli.clock_unmovable`
 */
export async function proveClock(found: Faketime | undefined, seconds: number, { env, now }: World): Promise<Faketime> {
  if (found === undefined) throw unmovable('libfaketime is not installed');
  const environment = { ...env, ...found.environment(seconds, env) };
  const seen = await clockOf(environment);
  const off = Math.abs(seen - (now() + seconds * 1000));
  if (!(off <= TOLERANCE_MS))
    throw unmovable(
      `a process under it sees the time ${Number.isNaN(seen) ? 'not at all' : new Date(seen).toISOString()}`,
    );
  return found;
}

async function clockOf(env: Environment): Promise<number> {
  try {
    const options = { env: { ...env }, timeout: PROBE_MS };
    const { stdout } = await promisify(execFile)(process.execPath, ['-p', 'Date.now()'], options);
    return Number(stdout);
  } catch {
    return Number.NaN;
  }
}

function moved(library: string, seconds: number, base: Environment): Environment {
  const FAKETIME = `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}s`;
  const name = library.endsWith('.dylib') ? 'DYLD_INSERT_LIBRARIES' : 'LD_PRELOAD';
  const preloaded = base[name] === undefined || base[name] === '' ? library : `${library}:${base[name]}`;
  // Timeouts and timers of the client run as ever.
  return { [name]: preloaded, FAKETIME, FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' };
}

const unmovable = (found: string): Error => fault('cli.clock_unmovable', { found, hint: NEXT });
