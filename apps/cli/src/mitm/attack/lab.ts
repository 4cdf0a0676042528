import { randomBytes } from 'node:crypto';
import type { Fetch } from '@assay/core';
import { NEEDS, type Need, type Scene, type Victim, type VictimKind, type WireRequest } from '@assay/mitm/attacks';
import { BANK, SHOP } from '../../up/demo-app.ts';
import { random } from '../../up/random.ts';
import { openKeeper } from '../keeper.ts';
import { type ApiWeakness, type LabApis, startApis } from './apis.ts';
import { createBypassedFetch } from './bypassed-fetch.ts';
import { createLabClock, type LabClock } from './clock.ts';
import { ENVIRONMENTS, HOSTS, issuerOf, ROUTES } from './hosts.ts';
import { type Interception, openInterception } from './interception.ts';
import { type LabIssuer, SECRETS, startLabIssuer } from './issuer.ts';
import { PINNED_HOST } from './pins.ts';
import { createReasonBook, type ReasonBook } from './reasons.ts';
import { createForward, createRaw, type Ports } from './upstream.ts';
import { createVictim } from './victims.ts';

/** Server, APIs and proxy of one run, all on loopback, with a folder that goes when they stop. */
export interface AttackLab {
  readonly scene: Scene;
  /** Readable by this user alone. A watchdog removes it where this process is killed. */
  readonly folder: string;
  stop(): Promise<void>;
}

const ALL = Object.keys(NEEDS) as Need[]; // the keys of NEEDS by definition

interface Parts {
  readonly clock: LabClock;
  readonly issuer: LabIssuer;
  readonly apis: LabApis;
  readonly interception: Interception;
  readonly book: ReasonBook;
  readonly ports: Ports;
}

/** Starts everything. `weakness` is for the other direction: against such an API attacks succeed. */
export async function openAttackLab(now: () => number, weakness: ApiWeakness = {}): Promise<AttackLab> {
  const keeper = openKeeper(`assay-${randomBytes(8).toString('hex')}`);
  const { folder } = keeper;
  const closing: (() => Promise<unknown>)[] = [keeper.close];
  const stop = async () => {
    for (const close of closing.toReversed()) await close();
  };
  try {
    const clock = createLabClock(now);
    const issuer = await startLabIssuer(folder, clock);
    closing.push(issuer.stop);
    const book = createReasonBook(issuer.server);
    const fetch = loopbackFetch(issuer.port);
    const apis = await startApis({ clock, fetch, onEvent: book.note, weakness });
    closing.push(apis.close);
    const ports: Ports = new Map([...apis.ports, [HOSTS.issuer, issuer.port]]);
    const interception = await openInterception(createForward(ports, addresses()), Object.values(HOSTS));
    closing.push(interception.close);
    return { scene: sceneOf({ clock, issuer, apis, interception, book, ports }), folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The APIs' own way to the issuer, on which nobody stands. */
function loopbackFetch(port: number): Fetch {
  return (request) => {
    const { pathname, search } = new URL(request.url);
    return fetch(`http://127.0.0.1:${port}${pathname}${search}`);
  };
}

/** Requests to the issuer seem to come from many networks: what floods is not under test here. */
function addresses(): (request: WireRequest) => string | undefined {
  let count = 0;
  return ({ host }) => {
    count += 1;
    return host === HOSTS.issuer ? `203.${(count >> 8) & 255}.${count & 255}.1` : undefined;
  };
}

function sceneOf({ clock, issuer, apis, interception, book, ports }: Parts): Scene {
  const forward = createForward(ports, addresses());
  const world = { clock, roots: issuer.roots, pins: issuer.pins, fetch: createBypassedFetch(interception) };
  const stranger = async (kind: VictimKind = 'android'): Promise<Victim> => createVictim(kind, world);
  const pins = (app: string) => issuer.pins.get(app) ?? { earlier: '', current: '' };
  return {
    ...{ offers: new Set(ALL), hosts: HOSTS, routes: ROUTES, secrets: SECRETS, pinnedHost: PINNED_HOST },
    ...{ issuer: issuerOf(ENVIRONMENTS.app), otherIssuer: issuerOf(ENVIRONMENTS.other) },
    ...{ app: BANK.id, otherApp: SHOP.id, replyKey: issuer.leaked, seen: interception.seen },
    ...{ stranger, tampering: interception.tampering, send: forward, sendRaw: createRaw(ports) },
    async victim(kind) {
      const victim = await stranger(kind);
      await victim.call({ target: ROUTES.read });
      return victim;
    },
    knowsReasons: true,
    reasonsOf: async (support) => book.of(support),
    ...{ later: clock.later, revoke: async (tokenId) => apis.revoke(tokenId), now: clock.now, random },
    published: { earlier: pins(BANK.id).earlier, otherApp: pins(SHOP.id).current, current: pins(BANK.id).current },
  };
}
