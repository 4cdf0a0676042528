import { createPrivateKey, createSign, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import type { Random } from '@assay/core';
import {
  createTestRoots,
  createVirtualPhone,
  type Fault,
  type TestRoots,
  type VirtualApp,
  type VirtualPhone,
} from '@assay/virtual-devices';
import type { RunningServer } from './server.ts';

/** The app on the phones below, as it is registered with a server of a test. */
export const VIRTUAL_APP: VirtualApp = {
  appleId: 'TEST123456.com.example.bank',
  bundleVersion: '4201',
  package: 'com.example.bank',
  signer: 'ab'.repeat(32),
  versionCode: 4201,
};
const API = 'https://api.example.com';
const BASE = '/t/main/e/dev';

const random: Random = (length) => new Uint8Array(randomBytes(length));

/** Its registration and that of its API, as files of a test's folder. */
export function registration(change: object = {}): { readonly 'app.json': string; readonly 'api.json': string } {
  const { package: name, signer: sha256, appleId } = VIRTUAL_APP;
  const app = {
    ...{ id: name, label: 'Example Bank', audiences: [API], apple: { appIds: [appleId] } },
    android: { packages: [{ name, signers: [{ sha256, label: 'test' }] }] },
    ...change,
  };
  return {
    'app.json': JSON.stringify(app),
    'api.json': JSON.stringify({ audience: API, label: 'API', lifetime: 240 }),
  };
}

/** Roots that the phones are certified by, with the options for a server to believe them. */
export function testTrust(folder: string): { readonly roots: TestRoots; readonly args: readonly string[] } {
  const roots = createTestRoots(random);
  const [pem, list] = [join(folder, 'test-roots.pem'), join(folder, 'status-list.json')];
  writeFileSync(pem, [...roots.anchors.apple, ...roots.anchors.android].map((anchor) => anchor.pem).join(''));
  writeFileSync(list, roots.statusList);
  return { roots, args: ['--test-roots', pem, '--status-list', list] };
}

export interface Enrolled {
  readonly status: number;
  readonly support: string;
}

/** Enrols a phone of its own; the status of the answer and its support code. */
export function enrolPhone(server: RunningServer, roots: TestRoots, faults: readonly Fault[] = []): Promise<Enrolled> {
  const common = { roots, app: VIRTUAL_APP, random, clock: Date.now };
  return enrol(server, createVirtualPhone({ ...common, platform: 'android', faults }));
}

/** Enrols a simulator by the file that `assay dev grant` wrote. */
export function enrolSimulator(server: RunningServer, roots: TestRoots, file: string): Promise<Enrolled> {
  const { grant: id, key } = JSON.parse(readFileSync(file, 'utf8'));
  const privateKey = createPrivateKey({ key, format: 'jwk' });
  const sign = (bytes: Uint8Array) =>
    new Uint8Array(createSign('sha256').update(bytes).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' }));
  const common = { roots, app: VIRTUAL_APP, random, clock: Date.now };
  return enrol(server, createVirtualPhone({ ...common, platform: 'dev', grant: { id, sign } }));
}

async function enrol({ publicUrl }: RunningServer, phone: VirtualPhone): Promise<Enrolled> {
  const { attestation_challenge: challenge } = await post(`${publicUrl}${BASE}/v1/challenge`, {
    app: VIRTUAL_APP.package,
  }).then(
    (answer) => answer.json() as Promise<{ attestation_challenge: string }>, // the form that the route declares
  );
  const speaker = {
    ...{ iss: `http://127.0.0.1${BASE}`, app: VIRTUAL_APP.package, version: '4.2.0', build: '4201', os: phone.os },
    ...{ audiences: [API], secrets: [] },
  };
  const request = await prepareRequest(
    { purpose: 'enrol', challenge },
    { speaker, adapter: phone, crypto: NODE_CRYPTO, random },
  );
  const answer = await post(`${publicUrl}${BASE}/v1/attest`, request.body);
  const payload = (await answer.text()).split('.')[1] ?? '';
  return { status: answer.status, support: JSON.parse(Buffer.from(payload, 'base64url').toString()).support };
}

function post(url: string, body: object | string): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
}
