import { execFile } from 'node:child_process';
import { createHash, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unpacked } from '../browser/browser.ts';
import { chromium } from './clients/chromium/browser.ts';
import type { Provide, Ready } from './provide.ts';

const run = promisify(execFile);

/** Nothing that Chromium asks for by itself, and no sandbox, which the tests' containers do not allow. */
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic', '--no-first-run'];

/** A browser that runs as long as the cases do; it trusts the authority by way of its user's NSS database. */
export const trustingBrowser: Provide = (authority) => inHome((home) => trustIn(home, authority));

/**
 * A browser that trusts nobody, but overlooks all faults of whoever has this private key's public half. No way to trust
 * an authority, yet one that needs nothing but the browser: whoever shows another key must be refused.
 */
export const browserWithPin = (keyFile: string): Promise<Ready> => {
  const spki = createPublicKey(readFileSync(keyFile)).export({ type: 'spki', format: 'der' });
  const pin = createHash('sha256').update(spki).digest('base64');
  return inHome(async () => {}, [`--ignore-certificate-errors-spki-list=${pin}`]);
};

/** A browser with a home of its own, which ends with it. */
async function inHome(prepare: (home: string) => Promise<void>, args: readonly string[] = []): Promise<Ready> {
  const home = await mkdtemp(join(tmpdir(), 'assay-browser-'));
  try {
    await prepare(home);
    return await started(home, args);
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

async function trustIn(home: string, authority: string): Promise<void> {
  const database = join(home, '.pki/nssdb');
  await mkdir(database, { recursive: true });
  await run('certutil', ['-d', `sql:${database}`, '-N', '--empty-password']);
  await run('certutil', ['-d', `sql:${database}`, '-A', '-t', 'C,,', '-n', 'lab', '-i', authority]);
}

async function started(home: string, further: readonly string[]): Promise<Ready> {
  const engine = await chromium();
  const env = { ...process.env, HOME: home };
  const args = [...ARGS, ...further];
  const server = await engine.launchServer({ executablePath: await unpacked(), args, headless: true, env });
  const browser = await engine.connect(server.wsEndpoint());
  const version = `Chromium ${browser.version()}`;
  await browser.close();
  const close = async (): Promise<void> => {
    await server.close();
    await rm(home, { recursive: true, force: true });
  };
  return { version, env: { ASSAY_CLIENT_BROWSER: server.wsEndpoint() }, close };
}
