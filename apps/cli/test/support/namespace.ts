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
  for (const [make, remove] of TRIALS) {
    const { error, status, stderr } = spawnSync('ip', make);
    if (error !== undefined) return 'iproute2 is not installed';
    if (status !== 0) return `ip ${make.join(' ')}: ${String(stderr).trim()}`;
    ip(...remove);
  }
  return undefined;
}

const NAME = `assay-phone-${process.pid}`;
const [NEAR, FAR] = [`asy${process.pid}a`, `asy${process.pid}b`];
/** What it takes, and how it is taken back. */
const TRIALS = [
  [
    ['netns', 'add', NAME],
    ['netns', 'del', NAME],
  ],
  [
    ['link', 'add', NEAR, 'type', 'veth', 'peer', 'name', FAR],
    ['link', 'del', NEAR],
  ],
] as const;

const ip = (...args: readonly string[]): void => void execFileSync('ip', args, { stdio: 'pipe' });

/** Removed after the tests, and with it the cable. */
export function createNamespace(): Namespace {
  // Of the block for benchmarks (RFC 2544), which no network routes; by process, so that two runs do not meet.
  const net = `198.18.${process.pid % 250}`;
  after(() => {
    spawnSync('ip', ['netns', 'del', NAME]);
    spawnSync('ip', ['link', 'del', NEAR]);
  });
  ip('netns', 'add', NAME);
  ip('link', 'add', NEAR, 'type', 'veth', 'peer', 'name', FAR);
  ip('link', 'set', FAR, 'netns', NAME);
  ip('addr', 'add', `${net}.1/24`, 'dev', NEAR);
  ip('link', 'set', NEAR, 'up');
  ip('-n', NAME, 'addr', 'add', `${net}.2/24`, 'dev', FAR);
  ip('-n', NAME, 'link', 'set', FAR, 'up');
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
