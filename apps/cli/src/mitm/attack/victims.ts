import { type Client, createClient, type Outcome } from '@assay/client';
import { createMemoryStorage, NODE_CRYPTO } from '@assay/client/node';
import { AssayError, type Fetch } from '@assay/core';
import type { CallOrder, CallOutcome, Victim, VictimKind } from '@assay/mitm/attacks';
import { createVirtualPhone, type TestRoots, type VirtualPhoneOptions } from '@assay/virtual-devices';
import { APP_VERSION, BANK, type DemoApp, SHOP } from '../../up/demo-app.ts';
import { random } from '../../up/random.ts';
import type { LabClock } from './clock.ts';
import { ENVIRONMENTS, HOSTS, issuerOf, originOf } from './hosts.ts';
import { SECRETS } from './issuer.ts';
import { type LabPins, PINNED_HOST } from './pins.ts';

export interface VictimWorld {
  readonly clock: LabClock;
  readonly fetch: Fetch;
  readonly roots: TestRoots;
  readonly pins: ReadonlyMap<string, LabPins>;
}

type Common = Pick<VirtualPhoneOptions, 'roots' | 'app' | 'random' | 'clock'>;

const KINDS: Readonly<Record<VictimKind, { app: DemoApp; make: (common: Common) => VirtualPhoneOptions }>> = {
  android: { app: BANK, make: (common) => ({ ...common, platform: 'android' }) },
  ios: { app: BANK, make: (common) => ({ ...common, platform: 'ios' }) },
  shop: { app: SHOP, make: (common) => ({ ...common, platform: 'android', brings: 'key+play' }) },
};

/** A phone that was never used, with the app and the real SDK on it. */
export function createVictim(kind: VictimKind, { clock, fetch, roots, pins }: VictimWorld): Victim {
  const { app, make } = KINDS[kind];
  const phone = createVirtualPhone(make({ roots, app: app.virtual, random, clock: clock.now }));
  const reports: string[] = [];
  const client = createClient({
    ...{ iss: issuerOf(ENVIRONMENTS.app), app: app.id, appVersion: APP_VERSION, secrets: SECRETS },
    audiences: [originOf(HOSTS.api), originOf(HOSTS.wallet)],
    ...{ adapter: phone, crypto: NODE_CRYPTO, random, clock: clock.now, storage: createMemoryStorage() },
    ...{ trustedRoot: pins.get(app.id)?.root ?? '', fetch: phone.through(fetch) },
    report: ({ code }) => reports.push(code),
  });
  return {
    call: (order) => call(client, order),
    refresh: () => settled(client.refresh()),
    rekey: () => settled(client.rekey()),
    secret: async (name) => {
      const outcome = await client.secret(name);
      return outcome.kind === 'ok' ? new TextDecoder().decode(outcome.value) : undefined;
    },
    pins: async () => {
      const enforced = await client.pinsFor(PINNED_HOST);
      return enforced.act === 'enforce' ? enforced.pins : [];
    },
    reports: () => reports.splice(0),
  };
}

function call(client: Client, { target, method = 'GET', at = 'api', body, user }: CallOrder): Promise<CallOutcome> {
  const headers = user === undefined ? {} : { authorization: `Bearer ${user}` };
  const request = new Request(`${originOf(HOSTS[at])}${target}`, {
    ...{ method, headers },
    ...(body === undefined ? {} : { body }),
  });
  return settled(client.fetch(request));
}

async function settled(work: Promise<Outcome<{ readonly response?: Response }>>): Promise<CallOutcome> {
  try {
    const outcome = await work;
    if (outcome.kind !== 'ok') return { kind: outcome.kind, code: 'code' in outcome ? outcome.code : undefined };
    const { response } = outcome;
    return response === undefined
      ? { kind: 'ok' }
      : { kind: 'ok', status: response.status, text: await response.text() };
  } catch (error) {
    return { kind: 'threw', code: error instanceof AssayError ? error.code : undefined };
  }
}
