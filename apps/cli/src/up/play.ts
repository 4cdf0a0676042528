import type { World } from '../command.ts';
import { FORGED, firstRound, GENUINE, type Role } from './cast.ts';
import type { DemoServer } from './demo-server.ts';
import { keepEvidence } from './keepsake.ts';
import { createDemoPhone, type DemoPhone, playTurn, type Turn } from './phone.ts';
import type { Refusals } from './refusals.ts';
import { steal } from './thief.ts';

/** What the show is made of. */
export interface Stage {
  readonly world: World;
  readonly demo: DemoServer;
  readonly refusals: Refusals;
  /** Folder for evidence that a reader may want to look at. */
  readonly keepsakes: string;
  show(line: Line): void;
}

/** One line in the terminal. */
export interface Line {
  readonly good: boolean;
  readonly who: string;
  readonly what: string;
  readonly support: string | undefined;
}

/** What the first round came to. */
export interface Round {
  readonly surprises: readonly string[];
  readonly support: string | undefined;
}

/** Every genuine phone passes and every forged one is refused; whatever is otherwise is a surprise. */
export async function playFirstRound(stage: Stage): Promise<Round> {
  const surprises: string[] = [];
  let support: string | undefined;
  let lent: DemoPhone | undefined;
  for (const role of firstRound()) {
    if (stage.world.signal.aborted) break;
    const { phone, turn } = await play(stage, role);
    if (turn.passed !== (role.fault === undefined)) surprises.push(turn.label);
    if (!turn.passed) support ??= turn.support;
    if (turn.passed) lent ??= phone;
  }
  if (lent !== undefined) surprises.push(...(await playThefts(stage, lent)));
  return { surprises, support };
}

/** Goes on with one phone after another until it is told to stop. */
export async function playOn(stage: Stage, pauseMs: number): Promise<void> {
  const roles = [...GENUINE, ...FORGED];
  for (let turn = 0; !stage.world.signal.aborted; turn++) {
    const role = turn % 2 === 0 ? GENUINE[(turn / 2) % GENUINE.length] : roles[(turn * 7) % roles.length];
    if (role !== undefined) await play(stage, role);
    await pause(pauseMs, stage.world.signal);
  }
}

async function play(stage: Stage, role: Role): Promise<{ phone: DemoPhone; turn: Turn }> {
  const { demo, keepsakes } = stage;
  const kept: Promise<unknown>[] = [];
  const phone = createDemoPhone(demo, role, (request) => {
    if (request.url.endsWith('/v1/attest')) kept.push(keepEvidence(request, keepsakes, role.fault ?? 'genuine'));
  });
  const turn = await playTurn(phone, demo.apiOrigin);
  await Promise.all(kept);
  stage.show({ good: turn.passed, who: turn.label, what: await wordsOf(stage, turn), support: turn.support });
  return { phone, turn };
}

/** A genuine phone says what it got. A refused one learns no reason: the operator's side knows it by the support code. */
async function wordsOf({ refusals }: Stage, turn: Turn): Promise<string> {
  if (turn.passed) return turn.got.join(' · ');
  return turn.support === undefined ? 'refused' : refusals.reasonOf(turn.support);
}

async function playThefts(stage: Stage, phone: DemoPhone): Promise<readonly string[]> {
  const held = await phone.client.token(stage.demo.apiOrigin);
  if (held.kind !== 'ok') return ['no token to steal'];
  const thefts = await steal(`${stage.demo.apiOrigin}/v1/balance`, held.token.value);
  for (const { label, status, code } of thefts) {
    stage.show({ good: false, who: label, what: `${status} ${code}`, support: undefined });
  }
  return thefts.filter(({ status }) => status !== 401).map(({ label }) => label);
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
