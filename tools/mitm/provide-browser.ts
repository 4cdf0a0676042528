import { execFile } from 'node:child_process';
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
export const trustingBrowser: Provide = async (authority) => {
  const home = await mkdtemp(join(tmpdir(), 'assay-browser-'));
  try {
    await trustIn(home, authority);
    return await started(home);
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
};

async function trustIn(home: string, authority: string): Promise<void> {
  const database = join(home, '.pki/nssdb');
  await mkdir(database, { recursive: true });
  await run('certutil', ['-d', `sql:${database}`, '-N', '--empty-password']);
  await run('certutil', ['-d', `sql:${database}`, '-A', '-t', 'C,,', '-n', 'lab', '-i', authority]);
}

async function started(home: string): Promise<Ready> {
  const engine = await chromium();
  const env = { ...process.env, HOME: home };
  const server = await engine.launchServer({ executablePath: await unpacked(), args: ARGS, headless: true, env });
  const browser = await engine.connect(server.wsEndpoint());
  const version = `Chromium ${browser.version()}`;
  await browser.close();
  const close = async (): Promise<void> => {
    await server.close();
    await rm(home, { recursive: true, force: true });
  };
  return { version, env: { ASSAY_CLIENT_BROWSER: server.wsEndpoint() }, close };
}
