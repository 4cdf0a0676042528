// What attacks have in common: holding requests back, changing answers, and reading what came of it.
import { type Attempt, assertReached, reached } from './attack.ts';
import type { CallOrder, CallOutcome, Scene, Victim, VictimKind } from './scene.ts';
import {
  type Captured,
  headerOf,
  membersOf,
  payloadOf,
  textIn,
  textOf,
  type WireAnswer,
  type WireRequest,
} from './wire.ts';

export type Wanted = (request: WireRequest) => boolean;

/** What a client takes for a busy server: it waits, and nothing more. */
export const UNAVAILABLE: WireAnswer = { status: 503, headers: [], body: new Uint8Array() };

/** An answer that nobody signed: a client asks for another challenge and makes a new statement, once. */
export const CHALLENGE_EXPIRED: WireAnswer = {
  ...{ status: 400, headers: [['content-type', 'application/problem+json']] },
  body: new TextEncoder().encode(JSON.stringify({ code: 'challenge_expired' })),
};

/** Requests to the issuer at one of its routes. */
export const asking =
  (route: 'attest' | 'refresh' | 'rekey' | 'challenge'): Wanted =>
  ({ method, target }) =>
    method === 'POST' && target.endsWith(`/v1/${route}`);

/** Calls that bring a proof. Phones of a scene have called before, so that it holds a nonce where the API gives any. */
export const isProvenCall: Wanted = (request) => headerOf(request, 'dpop') !== undefined;

/** Runs `act` and keeps the first request of the wanted kind: it never arrives. @throws NotReached */
export async function hold(
  scene: Scene,
  wanted: Wanted,
  act: () => Promise<unknown>,
  answer: WireAnswer = UNAVAILABLE,
): Promise<WireRequest> {
  let held: WireRequest | undefined;
  await scene.tampering(async (request, forward) => {
    if (held !== undefined || !wanted(request)) return forward(request);
    held = request;
    return answer;
  }, act);
  return reached(held, 'the client made no such request');
}

/** Runs `act` while answers to wanted requests are changed on their way back. @throws NotReached where none came by */
export async function changing<T>(
  scene: Scene,
  wanted: Wanted,
  change: (answer: WireAnswer, request: WireRequest) => WireAnswer | Promise<WireAnswer>,
  act: () => Promise<T>,
): Promise<T> {
  let changed = 0;
  const result = await scene.tampering(async (request, forward) => {
    if (!wanted(request)) return forward(request);
    changed += 1;
    return change(await forward(request), request);
  }, act);
  assertReached(changed > 0, 'no such answer came by');
  return result;
}

/** Runs `act` while wanted requests are changed on their way to the server. Gives the answers to them. */
export async function sending(
  scene: Scene,
  wanted: Wanted,
  change: (request: WireRequest) => WireRequest | Promise<WireRequest>,
  act: () => Promise<unknown>,
): Promise<readonly WireAnswer[]> {
  const answers: WireAnswer[] = [];
  await scene.tampering(async (request, forward) => {
    if (!wanted(request)) return forward(request);
    const answer = await forward(await change(request));
    answers.push(answer);
    return answer;
  }, act);
  assertReached(answers.length > 0, 'the client made no such request');
  return answers;
}

/** Runs `act` untouched, and gives the last exchange of the wanted kind. @throws NotReached */
export async function listen(scene: Scene, wanted: Wanted, act: () => Promise<unknown>): Promise<Captured> {
  const from = scene.seen.length;
  await act();
  return reached(
    scene.seen.slice(from).findLast(({ request }) => wanted(request)),
    'no such exchange passed',
  );
}

const USUAL = new WeakMap<Scene, Map<VictimKind, Promise<Victim>>>();

/** The phone that attacks on the API share: whatever is refused leaves it as it was. */
export function usual(scene: Scene, kind: VictimKind = 'android'): Promise<Victim> {
  const known = USUAL.get(scene) ?? new Map<VictimKind, Promise<Victim>>();
  USUAL.set(scene, known);
  const victim = known.get(kind) ?? scene.victim(kind);
  known.set(kind, victim);
  return victim;
}

/** A call of the usual phone that passed and was served. @throws NotReached */
export async function usedCall(scene: Scene, order?: CallOrder): Promise<Captured> {
  const victim = await usual(scene);
  const exchange = await listen(scene, isProvenCall, () => victim.call(order ?? { target: scene.routes.read }));
  assertReached(isServed(exchange.answer), 'the untouched call was not served');
  return exchange;
}

/** A call of the usual phone that the proxy holds back: its proof is good and was never used. @throws NotReached */
export async function heldCall(scene: Scene, order?: CallOrder): Promise<WireRequest> {
  const victim = await usual(scene);
  return hold(scene, isProvenCall, () => victim.call(order ?? { target: scene.routes.read }));
}

/** A call of an API where the user has a token of his own. */
export const atWallet = ({ routes }: Scene): CallOrder => ({
  target: routes.read,
  at: 'wallet',
  user: 'token-of-the-user',
});

/** The token in `Authorization`. @throws NotReached */
export function tokenOf(request: WireRequest): string {
  return reached(headerOf(request, 'authorization')?.split(' ')[1], 'the call carried no token');
}

export function proofOf(request: WireRequest): string {
  return reached(headerOf(request, 'dpop'), 'the call carried no proof');
}

export const isServed = ({ status }: WireAnswer): boolean => status >= 200 && status < 300;

/** What the API, or whatever stands before it, said. */
export async function byApi(scene: Scene, answer: WireAnswer): Promise<Attempt> {
  return {
    succeeded: isServed(answer),
    codes: await codesOf(scene, answer),
    seen: `the API answered ${answer.status}`,
  };
}

/** What the issuer said: a success is a signed reply that grants. */
export async function byServer(scene: Scene, answer: WireAnswer): Promise<Attempt> {
  return {
    succeeded: isGranted(answer),
    codes: await codesOf(scene, answer),
    seen: `the server answered ${answer.status}`,
  };
}

/** A signed reply that brings tokens. */
export function isGranted(answer: WireAnswer): boolean {
  return answer.status === 200 && payloadOf(textOf(answer))['result'] === 'ok';
}

const CODE = /^[a-z][a-z0-9_.]{0,63}$/;

/** Operator's codes behind the answer's support code, then the public one. */
async function codesOf(scene: Scene, answer: WireAnswer): Promise<readonly string[]> {
  const text = textOf(answer);
  const said = text.startsWith('{') ? membersOf(text) : payloadOf(text);
  const support = textIn(said, 'support');
  const reasons = support === undefined ? [] : await scene.reasonsOf(support);
  const code = textIn(said, 'code');
  // An API that is attacked may answer anything: what has not the form of a code goes into no report.
  if (code === undefined || !CODE.test(code)) return [...reasons, `http.${answer.status}`];
  return [...reasons, code, `http.${answer.status}`];
}

/** What the client made of what it was told. `believed`: it acted on it. */
export function byClient(victim: Victim, outcome: CallOutcome, believed: boolean): Attempt {
  const codes = [...(outcome.code === undefined ? [] : [outcome.code]), ...victim.reports()];
  return { succeeded: believed, codes, seen: `the client came to ${outcome.kind}` };
}
