import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtInProfile, type Profile, parseProfile } from '@assay/mitm';
import { curl, go, java, node, okhttp, type Provide, python, undici } from './provide.ts';
import { trustingBrowser } from './provide-browser.ts';

/** Of a client under test: how it is had, and what becomes of a run. */
export interface Client {
  readonly name: string;
  readonly provide: Provide;
  /** Clients of one run at once: as many as two cores can start in time. */
  readonly jobs: number;
  /** From the root of the checkout; of whoever has none, the profile has it. */
  readonly command?: string;
}

const javaCommand = (main: string): string =>
  `java -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$ASSAY_CLIENT_JAVA" ${main}`;

/** Every client that the self-test knows; the order is that of the published table. */
export const CLIENTS: readonly Client[] = [
  { name: 'curl-pinned', provide: curl, jobs: 8 },
  { name: 'curl-staples', provide: curl, jobs: 8 },
  { name: 'curl-plain', provide: curl, jobs: 8 },
  { name: 'curl-insecure', provide: curl, jobs: 8 },
  { name: 'node-careful', provide: node, jobs: 4, command: 'node tools/mitm/clients/node/https.ts careful' },
  { name: 'node-usual', provide: node, jobs: 4, command: 'node tools/mitm/clients/node/https.ts usual' },
  { name: 'node-careless', provide: node, jobs: 4, command: 'node tools/mitm/clients/node/https.ts careless' },
  { name: 'undici-pinned', provide: undici, jobs: 4, command: 'node tools/mitm/clients/node/undici.ts' },
  {
    name: 'python-fingerprint',
    provide: python,
    jobs: 4,
    command: '"$ASSAY_CLIENT_PYTHON" tools/mitm/clients/python/client.py fingerprint',
  },
  {
    name: 'python-plain',
    provide: python,
    jobs: 4,
    command: '"$ASSAY_CLIENT_PYTHON" tools/mitm/clients/python/client.py plain',
  },
  { name: 'java-pinned', provide: java, jobs: 3, command: javaCommand('UrlConnection') },
  { name: 'okhttp-pinned', provide: okhttp, jobs: 3, command: javaCommand('OkHttp') },
  { name: 'go-pinned', provide: go, jobs: 8, command: '"$ASSAY_CLIENT_GO"' },
  { name: 'chromium-plain', provide: trustingBrowser, jobs: 3, command: 'node tools/mitm/clients/chromium/visit.ts' },
  { name: 'reference-careful', provide: node, jobs: 4 },
  { name: 'reference-careless', provide: node, jobs: 4 },
];

/** The reference client is no user's: its profiles are files. */
const PROFILES = join(import.meta.dirname, 'profiles');
const pathOf = (name: string): string => join(PROFILES, `${name}.json`);

/** What `--profile` is given for it. */
export const profileArgument = (name: string): string => (builtInProfile(name) === undefined ? pathOf(name) : name);

export function profileOf(name: string): Profile {
  return builtInProfile(name) ?? parseProfile(JSON.parse(readFileSync(pathOf(name), 'utf8')));
}

/** How it is run. */
export function commandOf({ name, command }: Pick<Client, 'name' | 'command'>): string {
  return command ?? profileOf(name).command ?? '';
}

export const clientNamed = (name: string): Client | undefined => CLIENTS.find((client) => client.name === name);
