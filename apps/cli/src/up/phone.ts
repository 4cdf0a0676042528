import { type Client, createClient, type Outcome } from '@assay/client';
import { createMemoryStorage, NODE_CRYPTO } from '@assay/client/node';
import type { Fetch } from '@assay/core';
import { createVirtualPhone } from '@assay/virtual-devices';
import type { Role } from './cast.ts';
import { APP_VERSION, type DemoApp, SECRET } from './demo-app.ts';
import type { DemoServer } from './demo-server.ts';
import { makeOptions } from './devices.ts';
import { random } from './random.ts';

/** A device with an app of the demo on it. */
export interface DemoPhone {
  /** What is wrong with it, or what it is. */
  readonly label: string;
  readonly app: DemoApp;
  readonly client: Client;
}

/** What one turn of a phone came to. */
export interface Turn {
  readonly passed: boolean;
  /** What it got before it was refused, if it was. */
  readonly got: readonly string[];
  /** Support code of the last decision: what its user would read out. Absent where the phone could believe no reply. */
  readonly support: string | undefined;
}

/** `watch` sees every request on its way to the server. */
export async function createDemoPhone(
  demo: DemoServer,
  { app, device, label, fault }: Role,
  watch: (request: Request) => void,
): Promise<DemoPhone> {
  const common = { roots: demo.roots, app: app.virtual, random, clock: Date.now };
  const phone = createVirtualPhone(await makeOptions(device, common, fault?.id, demo));
  const network: Fetch = (request) => {
    watch(request);
    return fetch(request);
  };
  const client = createClient({
    ...{ iss: demo.iss, app: app.id, appVersion: APP_VERSION, audiences: [demo.apiOrigin], secrets: [SECRET] },
    ...{ adapter: phone, crypto: NODE_CRYPTO, random, clock: Date.now, storage: createMemoryStorage() },
    ...{ trustedRoot: demo.trustedRoots.get(app.id) ?? '', fetch: phone.through(network) },
  });
  return { label: fault?.label ?? label ?? phone.model, app, client };
}

/** Enrols, calls the API, takes pins and the secret, and refreshes; stops at the first thing that is refused. */
export async function playTurn({ client, app }: DemoPhone, apiOrigin: string): Promise<Turn> {
  const got: string[] = [];
  const call = await client.fetch(new Request(`${apiOrigin}${app.route}`));
  if (call.kind !== 'ok') return refused(call, got);
  got.push(`GET ${app.route} ${call.response.status}`);
  const secret = await client.secret(SECRET);
  got.push(secret.kind === 'ok' ? `secret ${SECRET}` : 'no secret');
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
