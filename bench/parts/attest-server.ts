import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import { TEST_ROOTS_PEM } from './phones.ts';

/** The Assay server in a process and a folder of its own. */
export interface AttestServer extends Child {
  readonly iss: string;
  readonly port: number;
  challenges(jkts: readonly (string | undefined)[]): Promise<string[]>;
}

/** `env` names a PostgreSQL; without it the store is SQLite. */
export async function startAttestServer(env: Readonly<Record<string, string>> = {}): Promise<AttestServer> {
  const data = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  const testRoots = join(data, 'test-roots.pem');
  writeFileSync(testRoots, TEST_ROOTS_PEM);
  const child = startChild('attest.ts', env);
  const stop = async (): Promise<void> => {
    await child.stop();
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const port = await freePort();
    const iss = await child.ask<string>('start', { data, testRoots, port });
    return { ...child, iss, port, stop, challenges: (jkts) => child.ask('challenges', { jkts }) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A port that nobody holds, and most likely the next one too. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo; // a TCP server that listens
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
