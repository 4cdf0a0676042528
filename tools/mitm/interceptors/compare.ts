import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLab, type Lab } from '@assay/mitm';
import { clientNamed, commandOf } from '../clients.ts';
import type { Finding } from '../self-test.ts';
import { readTable } from '../tables.ts';
import { startMitmproxy } from './mitmproxy.ts';
import { type Origin, openOrigin } from './origin.ts';
import type { Interceptor } from './process.ts';
import { startSquid } from './squid.ts';

/** Interceptors that people use, and whom the harness' case N4 stands for. */
const INTERCEPTORS = [
  { name: 'mitmproxy', start: startMitmproxy },
  { name: 'squid', start: startSquid },
];

/** Two that pin and two that do not; all of them trust the interceptor's authority, as on a phone where it was installed. */
const CLIENTS = ['curl-pinned', 'node-careful', 'curl-plain', 'node-careless'];

/** The interception that N4 is about. */
const CASE = 'N4';
/** For one client: each gives up by itself long before. */
const PATIENCE_MS = 60_000;

/** Whether real interceptors see what the harness says that N4 lets them see. */
export async function compareInterceptors(): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-interceptors-'));
  // squid, started as root, becomes another user on its way; no key of the lab is ever written here.
  await chmod(folder, 0o711);
  const lab = createLab({ clock: Date.now, hosts: ['localhost'] });
  const origin = await openOrigin(lab);
  try {
    const authority = join(folder, 'lab.pem');
    await writeFile(authority, lab.authority.pem);
    const findings: Finding[] = [];
    for (const { name, start } of INTERCEPTORS) {
      const own = join(folder, name);
      await mkdir(own);
      findings.push(await compared(name, () => start(own, authority), { lab, origin, folder }));
    }
    return findings;
  } finally {
    await origin.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Setting {
  readonly lab: Lab;
  readonly origin: Origin;
  readonly folder: string;
}

async function compared(name: string, start: () => Promise<Interceptor>, setting: Setting): Promise<Finding> {
  const interceptor = await start().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  if (typeof interceptor === 'string') {
    return { words: `${name}: absent: ${interceptor.split('\n')[0]}`, state: 'absent' };
  }
  try {
    const rows: { client: string; leaked: boolean; expected: boolean }[] = [];
    for (const client of CLIENTS) {
      const expected = readTable(client)?.cases[CASE]?.outcome === 'LEAKED';
      const tried = () => leaks(client, interceptor, setting);
      // What did not come may have come too late; what came has come.
      rows.push({ client, expected, leaked: (await tried()) || (expected && (await tried())) });
    }
    const said = rows.map(({ client, leaked }) => `${client} ${leaked ? 'leaks' : 'refuses'}`).join(', ');
    const differing = rows.filter(({ leaked, expected }) => leaked !== expected);
    const faults = differing.map(({ client }) => `  ${client}: not what its table says of ${CASE}`);
    return { words: [`${name}: ${said}`, ...faults].join('\n'), state: faults.length > 0 ? 'differs' : 'agrees' };
  } finally {
    await interceptor.close();
  }
}

/** Whether a request of this client comes through the interceptor. */
async function leaks(client: string, { proxy, authority, name }: Interceptor, setting: Setting): Promise<boolean> {
  const { lab, origin, folder } = setting;
  const trusted = join(folder, `${name}-trusted.pem`);
  await writeFile(trusted, `${lab.authority.pem}${authority}`);
  const pins = await lab.pins(['pinned', 'backup']);
  const before = origin.requests();
  await ran(commandOf(clientNamed(client) ?? { name: client }), {
    ...{ ASSAY_URL: origin.url, ASSAY_STEPS: 'request', ASSAY_CA: trusted, HTTPS_PROXY: proxy, https_proxy: proxy },
    ...{ ASSAY_PINS: pins.map(({ pin }) => pin).join(','), NO_PROXY: '', no_proxy: '' },
  });
  return origin.requests() > before;
}

async function ran(command: string, env: Readonly<Record<string, string>>): Promise<void> {
  const order = { stdio: 'ignore', timeout: PATIENCE_MS, killSignal: 'SIGKILL' } as const;
  const child = spawn('/bin/sh', ['-c', command], { env: { ...process.env, ...env }, ...order });
  await once(child, 'exit');
}
