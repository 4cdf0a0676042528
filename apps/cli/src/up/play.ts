import { FORGED, firstRound, GENUINE, laterTurns, type Role } from './cast.ts';
import type { DemoServer } from './demo-server.ts';
import { keepEvidence } from './keepsake.ts';
import { createDemoPhone, type DemoPhone, playTurn, type Turn } from './phone.ts';
import type { Refusal, Refusals } from './refusals.ts';
import { steal, type Theft } from './thief.ts';

/** What the show is made of. */
export interface Stage {
  readonly signal: AbortSignal;
  readonly demo: DemoServer;
  readonly refusals: Refusals;
  /** Folder for evidence that a reader may want to look at. */
  readonly keepsakes: string;
  /** Tells about each turn as it ends. */
  show(scene: Scene): void;
}

/** How one turn went, and how it should have gone. */
export interface Scene {
  /** Who: a phone's model, or what is wrong with it. */
  readonly who: string;
  /** What is wrong, in a sentence; absent for genuine phones. */
  readonly differs?: string;
  readonly passed: boolean;
  readonly got: readonly string[];
  /** Reason codes of the refusal, the first one decided. */
  readonly reasons: readonly string[];
  /** The reason code that a forged phone should be refused with. */
  readonly expected?: string;
  readonly support?: string;
  /** Refused by the API alone, so that the server does not know the support code. */
  readonly by?: 'api';
}

/** A genuine phone passes, and a forged one is refused for the very thing that is wrong with it. */
export function isAsExpected({ passed, expected, reasons }: Scene): boolean {
  return expected === undefined ? passed : !passed && reasons.includes(expected);
}

/** Everybody in the cast once, then the thieves. */
export async function playFirstRound(stage: Stage): Promise<readonly Scene[]> {
  const scenes: Scene[] = [];
  let lent: DemoPhone | undefined;
  for (const role of firstRound()) {
    if (stage.signal.aborted) return scenes;
    const { phone, scene } = await play(stage, role);
    scenes.push(scene);
    if (scene.passed) lent ??= phone;
  }
  return lent === undefined ? scenes : [...scenes, ...(await playThefts(stage, lent))];
}

/** Goes on with one phone after another, and the thieves at times, until it is told to stop. */
export async function playOn(stage: Stage, pauseMs: number): Promise<void> {
  let lent: DemoPhone | undefined;
  let turns = 0;
  for (const role of laterTurns()) {
    await pause(pauseMs, stage.signal);
    if (stage.signal.aborted) return;
    const { phone, scene } = await play(stage, role);
    if (scene.passed) lent = phone;
    turns += 1;
    if (turns % (FORGED.length + GENUINE.length) === 0 && lent !== undefined) await playThefts(stage, lent);
  }
}

async function play(stage: Stage, role: Role): Promise<{ phone: DemoPhone; scene: Scene }> {
  const { demo, keepsakes, refusals } = stage;
  const mark = refusals.mark();
  const kept: Promise<unknown>[] = [];
  const phone = createDemoPhone(demo, role, (request) => {
    if (request.url.endsWith('/v1/attest')) kept.push(keepEvidence(request, keepsakes, role.fault?.id ?? 'genuine'));
  });
  const turn = await playTurn(phone, demo.apiOrigin);
  await Promise.all(kept);
  const scene = sceneOf(phone, role, turn, turn.passed ? undefined : refusals.find(turn.support, mark));
  stage.show(scene);
  return { phone, scene };
}

/** A refused phone learns no reason: the operator's side has it. */
function sceneOf({ label }: DemoPhone, { fault }: Role, turn: Turn, refusal: Refusal | undefined): Scene {
  const support = turn.support ?? refusal?.support;
  return {
    ...{ who: label, passed: turn.passed, got: turn.got, reasons: refusal?.reasons ?? [] },
    ...(fault === undefined ? {} : { differs: fault.differs, expected: fault.code }),
    ...(support === undefined ? {} : { support }),
  };
}

async function playThefts(stage: Stage, phone: DemoPhone): Promise<readonly Scene[]> {
  const held = await phone.client.token(stage.demo.apiOrigin);
  if (held.kind !== 'ok') return [];
  const thefts = await steal(`${stage.demo.apiOrigin}/v1/balance`, held.token.value);
  const scenes = thefts.map(sceneOfTheft);
  for (const scene of scenes) stage.show(scene);
  return scenes;
}

/** Whoever is not let in gets 401 and a code; any code will do. */
function sceneOfTheft({ label, differs, status, code, support }: Theft): Scene {
  return {
    ...{ who: label, differs, passed: status !== 401, got: [], reasons: [code], expected: code, by: 'api' as const },
    ...(support === undefined ? {} : { support }),
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
