import { FORGED, firstRound, GENUINE, laterTurns, type Role } from './cast.ts';
import type { Decision, Decisions } from './decisions.ts';
import { BANK } from './demo-app.ts';
import type { DemoServer } from './demo-server.ts';
import { keepEvidence } from './keepsake.ts';
import { createDemoPhone, type DemoPhone, playTurn, type Turn } from './phone.ts';
import { steal, type Theft } from './thief.ts';

/** What the show is made of. */
export interface Stage {
  readonly signal: AbortSignal;
  readonly demo: DemoServer;
  readonly decisions: Decisions;
  /** Folder for evidence that a reader may want to look at. */
  readonly keepsakes: string;
  /** Tells about each turn as it ends. Later rounds show what somebody has changed meanwhile. */
  show(scene: Scene, round: 'first' | 'later'): void;
}

/** How one turn went, and how it should have gone. */
export interface Scene {
  /** Who: a device, or what is wrong with it. */
  readonly who: string;
  readonly app: string;
  /** What is wrong, in a sentence; absent for genuine phones. */
  readonly differs?: string;
  readonly passed: boolean;
  readonly got: readonly string[];
  /** Reason codes of the refusal, the first one decided. */
  readonly reasons: readonly string[];
  readonly assurance?: string;
  /** Why a genuine device is worth no more than that. */
  readonly limit?: string;
  /** Why it was let through although the policy refuses it: a stage of the roll-out, or an order. */
  readonly admitted?: string;
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
    const { phone, scene } = await play(stage, role, 'first');
    scenes.push(scene);
    if (scene.passed && role.app === BANK) lent ??= phone;
  }
  return lent === undefined ? scenes : [...scenes, ...(await playThefts(stage, lent, 'first'))];
}

/** Goes on with one phone after another, and the thieves at times, until it is told to stop. */
export async function playOn(stage: Stage, pauseMs: number): Promise<void> {
  let lent: DemoPhone | undefined;
  let turns = 0;
  for (const role of laterTurns()) {
    await pause(pauseMs, stage.signal);
    if (stage.signal.aborted) return;
    const { phone, scene } = await play(stage, role, 'later');
    if (scene.passed && role.app === BANK) lent = phone;
    turns += 1;
    if (turns % (FORGED.length + GENUINE.length) === 0 && lent !== undefined) await playThefts(stage, lent, 'later');
  }
}

type Round = Parameters<Stage['show']>[1];

async function play(stage: Stage, role: Role, round: Round): Promise<{ phone: DemoPhone; scene: Scene }> {
  const { demo, keepsakes, decisions } = stage;
  const mark = decisions.mark();
  const kept: Promise<unknown>[] = [];
  const phone = await createDemoPhone(demo, role, (request) => {
    const isKept = role.app === BANK && request.url.endsWith('/v1/attest');
    if (isKept) kept.push(keepEvidence(request, keepsakes, role.fault?.id ?? 'genuine'));
  });
  const turn = await playTurn(phone, demo.apiOrigin);
  await Promise.all(kept);
  const scene = sceneOf(phone, role, turn, decisions.find(turn.support, mark));
  stage.show(scene, round);
  return { phone, scene };
}

/** A refused phone learns no reason: the operator's side has it. */
function sceneOf({ label, app }: DemoPhone, { fault, limit }: Role, turn: Turn, decision?: Decision): Scene {
  const support = turn.support ?? decision?.support;
  const { reasons = [], assurance, admitted } = decision ?? {};
  return {
    ...{ who: label, app: app.id, passed: turn.passed, got: turn.got, reasons },
    ...(fault === undefined ? {} : { differs: fault.differs, expected: fault.code }),
    ...(limit === undefined ? {} : { limit }),
    ...(assurance === undefined ? {} : { assurance }),
    ...(admitted === undefined ? {} : { admitted }),
    ...(support === undefined ? {} : { support }),
  };
}

async function playThefts(stage: Stage, phone: DemoPhone, round: Round): Promise<readonly Scene[]> {
  const held = await phone.client.token(stage.demo.apiOrigin);
  if (held.kind !== 'ok') return [];
  const thefts = await steal(`${stage.demo.apiOrigin}${BANK.route}`, held.token.value);
  const scenes = thefts.map(sceneOfTheft);
  for (const scene of scenes) stage.show(scene, round);
  return scenes;
}

/** Whoever is not let in gets 401 and a code; any code will do. */
function sceneOfTheft({ label, differs, status, code, support }: Theft): Scene {
  return {
    ...{ who: label, app: BANK.id, differs, passed: status !== 401, got: [] },
    ...{ reasons: [code], expected: code, by: 'api' as const },
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
