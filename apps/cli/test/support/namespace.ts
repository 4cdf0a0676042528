import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';

/** A network of its own, tied to this machine by one cable: what a phone is to the machine beside it. */
export interface Namespace {
  /** This machine's end of the cable. */
  readonly here: string;
  /** Runs a program over there: a file that is called as the program is. */
  wrapped(folder: string, program: string): string;
}

/** Why there can be none here, or nothing. */
export function noNamespace(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const tried = spawnSync('ip', ['netns', 'add', NAME]);
  if (tried.error !== undefined) return 'iproute2 is not installed';
  if (tried.status !== 0) return `no network namespace can be made here: ${String(tried.stderr).trim()}`;
  ip('netns', 'del', NAME);
  return undefined;
}

const NAME = `assay-phone-${process.pid}`;
const ip = (...args: readonly string[]): void => void execFileSync('ip', args, { stdio: 'pipe' });

/** Removed after the tests, and with it the cable. */
export function createNamespace(): Namespace {
  // Of the block for benchmarks (RFC 2544), which no network routes; by process, so that two runs do not meet.
  const net = `198.18.${process.pid % 250}`;
  const [near, far] = [`asy${process.pid}a`, `asy${process.pid}b`];
  after(() => {
    spawnSync('ip', ['netns', 'del', NAME]);
    spawnSync('ip', ['link', 'del', near]);
  });
  ip('netns', 'add', NAME);
  ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far);
  ip('link', 'set', far, 'netns', NAME);
  ip('addr', 'add', `${net}.1/24`, 'dev', near);
  ip('link', 'set', near, 'up');
  ip('-n', NAME, 'addr', 'add', `${net}.2/24`, 'dev', far);
  ip('-n', NAME, 'link', 'set', far, 'up');
  ip('-n', NAME, 'link', 'set', 'lo', 'up');
  return {
    here: `${net}.1`,
    wrapped(folder, program) {
      const path = join(folder, 'over-there');
      writeFileSync(path, `#!/bin/sh\nexec ip netns exec ${NAME} '${program}' "$@"\n`);
      chmodSync(path, 0o755);
      return path;
    },
  };
}
