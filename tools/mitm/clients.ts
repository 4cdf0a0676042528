import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Profile, parseProfile } from '@assay/mitm';
import { curl, go, java, node, okhttp, type Provide, python, undici } from './provide.ts';
import { trustingBrowser } from './provide-browser.ts';

/** Of a client under test: how it is had, and what becomes of a run. */
export interface Client {
  readonly name: string;
  readonly provide: Provide;
  /** Clients of one run at once: as many as two cores can start in time. */
  readonly jobs: number;
}

/** Every client that the self-test knows; the order is that of the published table. */
export const CLIENTS: readonly Client[] = [
  { name: 'curl-pinned', provide: curl, jobs: 8 },
  { name: 'curl-staples', provide: curl, jobs: 8 },
  { name: 'curl-plain', provide: curl, jobs: 8 },
  { name: 'curl-insecure', provide: curl, jobs: 8 },
  { name: 'node-careful', provide: node, jobs: 4 },
  { name: 'node-usual', provide: node, jobs: 4 },
  { name: 'node-careless', provide: node, jobs: 4 },
  { name: 'undici-pinned', provide: undici, jobs: 4 },
  { name: 'python-fingerprint', provide: python, jobs: 4 },
  { name: 'python-plain', provide: python, jobs: 4 },
  { name: 'java-pinned', provide: java, jobs: 3 },
  { name: 'okhttp-pinned', provide: okhttp, jobs: 3 },
  { name: 'go-pinned', provide: go, jobs: 8 },
  { name: 'chromium-plain', provide: trustingBrowser, jobs: 3 },
  { name: 'reference-careful', provide: node, jobs: 4 },
  { name: 'reference-careless', provide: node, jobs: 4 },
];

const PROFILES = join(import.meta.dirname, 'profiles');

export const profilePath = (name: string): string => join(PROFILES, `${name}.json`);

export function profileOf(name: string): Profile {
  return parseProfile(JSON.parse(readFileSync(profilePath(name), 'utf8')));
}
