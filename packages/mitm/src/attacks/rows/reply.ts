import { type Attack, type Attempt, assertReached, reached } from '../attack.ts';
import { edited, ownKey, resigned } from '../craft.ts';
import type { Scene, Victim } from '../scene.ts';
import { asking, byClient, listen } from '../steps.ts';
import { isMembers, type Members, membersIn, payloadOf, textOf, type WireAnswer, withText } from '../wire.ts';
import { type Change, demand, swapped, withReply } from './reply-steps.ts';

/** A reply that is changed and not believed leaves the client waiting. */
async function unbelieved(scene: Scene, change: (text: string) => string): Promise<Attempt> {
  const victim = await scene.victim();
  const outcome = await withReply(scene, victim, (answer) => withText(answer, change(textOf(answer))));
  return byClient(victim, outcome, outcome.kind !== 'wait');
}

/** What turns a reply that grants into a refusal that has its form. */
const REFUSAL: Members = {
  ...{ result: 'refused', class: 'device', action: 'reenroll' },
  ...{ tokens: undefined, secrets: undefined, config: undefined },
};

/** The tokens of a reply, each for a day. */
function lengthened(payload: Members): Members {
  const tokens = Object.entries(membersIn(payload, 'tokens'));
  assertReached(tokens.length > 0, 'the reply held no token');
  return Object.fromEntries(
    tokens.map(([audience, token]) => [audience, { ...(isMembers(token) && token), expires_in: 86_400 }]),
  );
}

/** Whether the app still speaks with its key: it refreshes, once its own pause is over. */
async function keepsItsKey(scene: Scene, victim: Victim): Promise<boolean> {
  return scene.later(2 * 3600, async () => {
    const from = scene.seen.length;
    const outcome = await victim.refresh();
    const enrolled = scene.seen.slice(from).some(({ request }) => asking('attest')(request));
    return outcome.kind === 'ok' && !enrolled;
  });
}

/** What the client believes of what comes back. */
export const REPLY_ATTACKS: readonly Attack[] = [
  {
    ...{ id: 'reply-edited', title: 'A reply with something written in', group: 'reply', by: 'client' },
    does: 'Lengthens the life of the tokens in a signed reply.',
    stops: 'Replies are signed by a key that the app carries.',
    ...{ codes: ['tokens.reply_signature_invalid'], protocol: [], needs: ['victim'] },
    run: (scene) => unbelieved(scene, (reply) => edited(reply, { payload: { tokens: lengthened(payloadOf(reply)) } })),
  },
  {
    ...{ id: 'reply-forged', title: 'A reply by a key of the attacker’s', group: 'reply', by: 'client' },
    does: 'Signs a refusal that orders a new enrolment with his own key under the name of the real one.',
    stops: 'Replies are signed by a key that the app carries.',
    ...{ codes: ['tokens.reply_signature_invalid'], protocol: [40], needs: ['victim'] },
    run: (scene) => unbelieved(scene, (reply) => resigned(reply, { payload: REFUSAL }, ownKey())),
  },
  {
    ...{ id: 'reply-earlier', title: 'An earlier reply', group: 'reply', by: 'client' },
    does: 'Answers a refresh with the signed reply to the one before: yesterday’s good verdict.',
    stops: 'A reply names the request that it answers.',
    ...{ codes: ['tokens.reply_mismatch'], protocol: [41], needs: ['victim'] },
    async run(scene) {
      const victim = await scene.victim();
      const { answer } = await listen(scene, asking('refresh'), () => victim.refresh());
      const outcome = await withReply(scene, victim, () => answer);
      return byClient(victim, outcome, outcome.kind !== 'wait');
    },
  },
  {
    ...{ id: 'reply-other-phone', title: 'The reply to another phone', group: 'reply', by: 'client' },
    does: 'Answers a refresh with the signed reply to another phone.',
    stops: 'A reply names the key and the request that it answers.',
    ...{ codes: ['tokens.reply_mismatch'], protocol: [41], needs: ['victim'] },
    async run(scene) {
      const [victim, other] = [await scene.victim(), await scene.victim()];
      const { answer } = await listen(scene, asking('refresh'), () => other.refresh());
      const outcome = await withReply(scene, victim, () => answer);
      return byClient(victim, outcome, outcome.kind !== 'wait');
    },
  },
  ...demands([
    ['order-reenrol', 'a new enrolment', demand(403, { code: 'instance_unknown', action: 'reenroll' })],
    ['order-stop', 'an end', demand(403, { code: 'policy_refused', action: 'stop', retry_after_ms: 9_999_999_999 })],
  ]),
  {
    ...{ id: 'order-time', title: 'Another time', group: 'reply', by: 'client' },
    does: 'Dates answers ten years ahead, so that the pins of the app would have ended.',
    stops: 'No pin ends by a header: time comes in signed documents.',
    ...{ codes: [], protocol: [40], needs: ['victim'] },
    async run(scene) {
      const victim = await scene.victim();
      const before = await victim.pins();
      reached(before[0], 'the app holds no pins');
      const date = new Date(scene.now() + 3650 * 86_400_000).toUTCString();
      const change: Change = (answer) => ({ ...answer, headers: [...answer.headers, ['date', date]] });
      const outcome = await withReply(scene, victim, change);
      assertReached(outcome.kind === 'ok', 'the reply was not taken');
      return byClient(victim, outcome, (await victim.pins()).length < before.length);
    },
  },
  {
    ...{ id: 'boxes-swapped', title: 'Two secrets swapped in a reply', group: 'secret', by: 'client' },
    does: 'Exchanges the boxes of two secrets, so that the app sends the one where the other belongs.',
    stops: 'Boxes stand in a signed reply.',
    ...{ codes: ['tokens.reply_signature_invalid'], protocol: [42], needs: ['victim'] },
    run: (scene) =>
      unbelieved(scene, (reply) => edited(reply, { payload: { secrets: swapped(scene, payloadOf(reply)) } })),
  },
];

type Demand = readonly [id: string, what: string, answer: WireAnswer];

/** Whatever an unsigned answer asks for, the client waits and keeps its key. */
function demands(rows: readonly Demand[]): readonly Attack[] {
  return rows.map(([id, what, answer]) => ({
    ...{ id, title: `An unsigned order: ${what}`, group: 'reply', by: 'client' },
    does: 'Answers a refresh in the name of the server, without a signature, to have the app give up its key or stop.',
    stops: 'An answer that nobody signed makes a client wait, and nothing more.',
    ...{
      codes: ['instance_unknown', 'policy_refused', 'client.unsigned_answer'],
      protocol: [40],
      needs: ['victim', 'clock'],
    },
    async run(scene) {
      const victim = await scene.victim();
      const outcome = await withReply(scene, victim, () => answer);
      const isUnmoved = outcome.kind === 'wait' && (await keepsItsKey(scene, victim));
      return byClient(victim, outcome, !isUnmoved);
    },
  }));
}
