import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { createLab } from '../../../src/forge/index.ts';
import type { Connection } from '../../../src/observation.ts';
import type { Recipe } from '../../../src/recipe.ts';
import { openStage } from '../../../src/stage/index.ts';
import type { Forged, Stage, StageOrder } from '../../../src/stage.ts';

export const HOST = 'api.example.test';
export const SIBLING = 'www.example.test';
export const MARKER = 'assay-0123456789abcdef/T1';
export const PATH = `/${MARKER}`;

const lab = createLab({ clock: Date.now, hosts: [HOST, SIBLING] });
export const CA: string = lab.authority.pem;

export interface World {
  readonly stage: Stage;
  readonly port: number;
  /** All connections, once there are that many and each has ended. */
  ended(count?: number): Promise<readonly Connection[]>;
  /** The only connection, once it has ended. */
  only(): Promise<Connection>;
}

export type Settings = Partial<StageOrder> & { readonly recipe?: Recipe };

export function forge(recipe: Recipe = {}): Promise<Forged> {
  return lab.forge(recipe, { host: HOST, at: Date.now() });
}

/** A stage for `HOST` and `SIBLING`, closed when the test ends. */
export async function openWorld(
  t: Pick<TestContext, 'after'>,
  { recipe = {}, ...settings }: Settings = {},
): Promise<World> {
  const forged = await forge(recipe);
  const stage = await openStage({
    hosts: [HOST, SIBLING],
    forgedFor: () => forged,
    marker: MARKER,
    others: 'refused',
    address: '127.0.0.1',
    port: 0,
    timeouts: { handshakeMs: 30_000, idleMs: 30_000 },
    clock: Date.now,
    random: randomBytes,
    ...settings,
  });
  t.after(() => stage.close());
  const ended = async (count = 1) => {
    for (;;) {
      const all = stage.connections();
      if (all.length >= count && all.every(({ closed }) => closed !== 'open')) return all;
      await pause(5);
    }
  };
  const only = async () => {
    const [connection, ...others] = await ended();
    if (connection === undefined || others.length > 0) throw new Error(`${others.length + 1} connections`);
    return connection;
  };
  return { stage, port: stage.port, ended, only };
}
