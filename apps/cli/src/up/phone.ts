import { type Client, createClient, type Outcome } from '@assay/client';
import { createMemoryStorage, NODE_CRYPTO } from '@assay/client/node';
import type { Fetch } from '@assay/core';
import { createVirtualPhone, type VirtualPhoneOptions } from '@assay/virtual-devices';
import type { Role } from './cast.ts';
import { APP, APP_ID, APP_VERSION, SECRET } from './demo-app.ts';
import { type DemoServer, random } from './demo-server.ts';

/** A phone with the demo app on it. */
export interface DemoPhone {
  /** What is wrong with it, or its model. */
  readonly label: string;
  readonly client: Client;
}

/** What one turn of a phone came to. */
export interface Turn {
  readonly passed: boolean;
  /** What it got before it was refused, if it was. */
  readonly got: readonly string[];
  /** Support code of the refusal: what its user would read out. Absent where the phone could believe no reply. */
  readonly support: string | undefined;
}

/** `watch` sees every request on its way to the server. */
export function createDemoPhone(demo: DemoServer, role: Role, watch: (request: Request) => void): DemoPhone {
  const phone = createVirtualPhone(optionsOf(demo, role));
  const network: Fetch = (request) => {
    watch(request);
    return fetch(request);
  };
  const client = createClient({
    ...{ iss: demo.iss, app: APP_ID, appVersion: APP_VERSION, audiences: [demo.apiOrigin], secrets: [SECRET] },
    ...{ adapter: phone, crypto: NODE_CRYPTO, random, clock: Date.now, storage: createMemoryStorage() },
    ...{ trustedRoot: demo.trustedRoot, fetch: phone.through(network) },
  });
  return { label: role.fault?.label ?? phone.model, client };
}

function optionsOf({ roots }: DemoServer, { platform, model, fault }: Role): VirtualPhoneOptions {
  const common = { roots, app: APP, random, clock: Date.now, faults: fault === undefined ? [] : [fault.id] };
  if (platform === 'ios') return { ...common, platform };
  return model === 'test-phone-a2' ? { ...common, platform, model } : { ...common, platform };
}

/** Enrols, calls the API, takes pins and the secret, and refreshes; stops at the first thing that is refused. */
export async function playTurn({ client }: DemoPhone, apiOrigin: string): Promise<Turn> {
  const got: string[] = [];
  const call = await client.fetch(new Request(`${apiOrigin}/v1/balance`));
  if (call.kind !== 'ok') return refused(call, got);
  got.push(`GET /v1/balance ${call.response.status}`);
  const secret = await client.secret(SECRET);
  if (secret.kind === 'ok') got.push(`secret ${SECRET}`);
  const pins = await client.pinsFor('api.demo.example');
  if (pins.act === 'enforce') got.push(`${pins.pins.length} pins`);
  const refresh = await client.refresh();
  if (refresh.kind !== 'ok') return refused(refresh, got);
  got.push('refreshed');
  return { passed: call.response.status === 200, got, support: refresh.support };
}

function refused(outcome: Exclude<Outcome, { kind: 'ok' }>, got: readonly string[]): Turn {
  return { passed: false, got, support: outcome.support };
}
