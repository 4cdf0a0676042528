/** An app in short: sends one statement after another and reads no reply. */
import { type Instance, type Purpose, prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import type { Fetch } from '@assay/core';
import { createVirtualPhone, type Fault, type TestRoots, type VirtualPhone } from '@assay/virtual-devices';
import { APP, createTestServer, ISS, type Judgement, NOW, random, roots } from './server.ts';

export type Platform = 'ios' | 'android';

export function createPhone(platform: Platform, faults: readonly Fault[] = [], of: TestRoots = roots): VirtualPhone {
  return createVirtualPhone({ platform, roots: of, app: APP, random, clock: () => NOW, faults });
}

const post = (fetch: Fetch, path: string, body: string): Promise<Response> =>
  fetch(new Request(`${ISS}${path}`, { method: 'POST', body }));

/** Has a phone send statements of these purposes, the first of which enrols it; what a server says to each. */
export async function send(phone: VirtualPhone, purposes: readonly Purpose[]): Promise<readonly Judgement[]> {
  const server = createTestServer();
  const fetch = phone.through(server.fetch);
  const speaker = {
    ...{ iss: ISS, app: APP.package, version: '4.2.0', build: '4201', os: phone.os },
    ...{ audiences: [], secrets: [] },
  };
  let instance: Instance | undefined;
  for (const purpose of purposes) {
    const wish = { app: APP.package, ...(purpose === 'refresh' ? { jkt: instance?.jkt } : {}) };
    const answer = await post(fetch, '/v1/challenge', JSON.stringify(wish));
    const { attestation_challenge: challenge } = (await answer.json()) as { attestation_challenge: string };
    const plan = { purpose, challenge, instance };
    const prepared = await prepareRequest(plan, { speaker, adapter: phone, crypto: NODE_CRYPTO, random });
    await post(fetch, prepared.path, prepared.body);
    instance = prepared.instance;
  }
  return server.judgements;
}
