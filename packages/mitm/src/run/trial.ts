import type { Case } from '../case.ts';
import type { ClientExit, Observation } from '../observation.ts';
import type { RunPorts } from './ports.ts';
import { openScene, type Scene, type SceneSettings } from './scene.ts';
import type { Slots } from './slots.ts';

/** What all cases of a run share. */
export interface TrialSettings extends SceneSettings {
  readonly ports: RunPorts;
  /** How long a client may take, and how long its case is watched after it has ended. */
  readonly limitMs: number;
  readonly watchMs: number;
  /** Places for clients that run. Those that are only watched hold none. */
  readonly clients: Slots;
  readonly signal: AbortSignal;
  readonly onWatched: (item: Case) => void;
}

export interface Trial {
  readonly observation: Observation;
  /** It was watched to its end. */
  readonly settled: boolean;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Opens a listener of the case's own, lets the client act, watches what comes later, and closes everything. */
export async function runTrial(item: Case, settings: TrialSettings): Promise<Trial> {
  const { ports, signal, clients } = settings;
  const { startedAt, scene, exit, over } = await clients(() => perform(item, settings));
  try {
    settings.onWatched(item);
    await ports.pause(settings.watchMs, signal);
    const settled = !signal.aborted;
    await over();
    const observation = { ...scene.observed(), ...(exit === undefined ? {} : { exit }) };
    return { observation, settled, startedAt, endedAt: ports.clock() };
  } finally {
    await over();
  }
}

/** From the first certificate to the client's end: what a client's place is held for. */
async function perform(item: Case, settings: TrialSettings) {
  const { ports, signal } = settings;
  const startedAt = ports.clock();
  const scene = await openScene(item, settings);
  const ended = new AbortController();
  const over = async (): Promise<void> => {
    scene.freeze();
    ended.abort();
    await scene.close();
  };
  try {
    const exit = await act(item, scene, settings, AbortSignal.any([signal, ended.signal]));
    return { startedAt, scene, exit, over };
  } catch (error) {
    await over();
    throw error;
  }
}

/** The client, for as long as it may take; its end frees the place, though its case is still watched. */
async function act(
  item: Case,
  scene: Scene,
  { ports, limitMs, clockSeconds }: TrialSettings,
  signal: AbortSignal,
): Promise<ClientExit | undefined> {
  const [limit, ended] = [new AbortController(), new AbortController()];
  const launched = ports.launch({
    ...{ case: item, place: scene.place, clockSeconds: clockSeconds + (item.clock ?? 0) },
    signal: AbortSignal.any([signal, limit.signal]),
  });
  void ports.pause(limitMs, AbortSignal.any([signal, ended.signal])).then(() => {
    if (signal.aborted || ended.signal.aborted) return;
    scene.freeze();
    limit.abort();
  });
  return await launched.finally(() => ended.abort());
}
