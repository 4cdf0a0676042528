/** An app in short: sends one statement after another and reads no reply. */
import { type Instance, type Purpose, prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import type { Fetch } from '@assay/core';
import {
  type AndroidEvidence,
  createVirtualPhone,
  type Fault,
  type FaultKind,
  type TestRoots,
  type VirtualPhone,
} from '@assay/virtual-devices';
import { APP, createTestServer, grant, ISS, type Judgement, NOW, random, roots } from './server.ts';

export type Platform = 'ios' | 'android';

export function createPhone(platform: Platform, faults: readonly Fault[] = [], of: TestRoots = roots): VirtualPhone {
  return createVirtualPhone({ platform, roots: of, app: APP, random, clock: () => NOW, faults });
}

const COMMON = { roots, app: APP, random, clock: () => NOW };

/** Devices of every kind that the test server judges, with the kinds of faults that each can have. */
export const DEVICES: Readonly<
  Record<string, { readonly kinds: readonly FaultKind[]; readonly make: (faults?: readonly Fault[]) => VirtualPhone }>
> = {
  android: { kinds: ['android'], make: (faults) => createPhone('android', faults) },
  ios: { kinds: ['ios'], make: (faults) => createPhone('ios', faults) },
  'android with play': { kinds: ['android', 'beside'], make: (faults) => androidWith('key+play', faults) },
  'android with classic play': {
    kinds: ['android', 'beside'],
    make: (faults) => androidWith('key+play-classic', faults),
  },
  'play alone': { kinds: ['play'], make: (faults) => androidWith('play', faults) },
  'classic play alone': { kinds: ['play'], make: (faults) => androidWith('play-classic', faults) },
  hms: { kinds: ['hms'], make: (faults) => androidWith('hms', faults) },
  harmony: {
    kinds: ['harmony'],
    make: (faults = []) => createVirtualPhone({ ...COMMON, platform: 'harmonyos', faults }),
  },
  dev: { kinds: ['dev'], make: (faults = []) => createVirtualPhone({ ...COMMON, platform: 'dev', grant, faults }) },
};

function androidWith(brings: AndroidEvidence, faults: readonly Fault[] = []): VirtualPhone {
  return createVirtualPhone({ ...COMMON, platform: 'android', brings, faults });
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
