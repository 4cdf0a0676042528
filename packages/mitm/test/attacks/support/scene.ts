import type { Attack, Attempt, Scene } from '../../../src/attacks/index.ts';

const never = (): never => {
  throw new Error('nobody asks for this');
};

/** A scene whose phone gets through, and in which nothing else is there. */
export function stubScene(change: Partial<Scene> = {}): Scene {
  const hosts = { issuer: 'i', api: 'a', wallet: 'w', partner: 'p', production: 'l', attacker: 'x' };
  const victim = { call: async () => ({ kind: 'ok', status: 200 }) as const };
  return {
    ...{ offers: new Set(), hosts, routes: { read: '/r', write: '/w', whoami: '/m' }, seen: [] },
    ...{ issuer: '', otherIssuer: '', app: '', otherApp: '', pinnedHost: '', secrets: ['a', 'b'] },
    ...{ knowsReasons: true, published: { earlier: '', otherApp: '', current: '' }, replyKey: undefined },
    victim: async () => ({ ...victim, refresh: never, rekey: never, secret: never, pins: never, reports: never }),
    ...{
      stranger: never,
      tampering: never,
      send: never,
      sendRaw: never,
      reasonsOf: never,
      later: never,
      revoke: never,
    },
    ...{ now: () => 0, random: never },
    ...change,
  };
}

/** An attack that comes to this. */
export function stubAttack(attempt: Attempt | Error, change: Partial<Attack> = {}): Attack {
  return {
    ...{ id: 'stub', title: 'A <stub> & more', group: 'token', by: 'api', does: 'Nothing.', stops: 'Nothing.' },
    ...{ codes: ['meant'], protocol: [], needs: [] },
    run: async () => {
      if (attempt instanceof Error) throw attempt;
      return attempt;
    },
    ...change,
  };
}
