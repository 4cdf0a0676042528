import { signRoot } from '@assay/pins/wire';
import { type Attack, type Attempt, reached } from '../attack.ts';
import { edited, ownKey, resigned } from '../craft.ts';
import { rootOf, signedByAnother, unsignedSet } from '../documents.ts';
import type { CallOutcome, Scene, Victim } from '../scene.ts';
import { asking, byClient, changing, listen } from '../steps.ts';
import { type Members, membersIn, membersOf, payloadOf, textIn, textOf, type WireAnswer, withText } from '../wire.ts';

type Change = (answer: WireAnswer) => WireAnswer | Promise<WireAnswer>;

/** Changes the reply to a refresh. */
async function withReply(scene: Scene, victim: Victim, change: Change): Promise<CallOutcome> {
  victim.reports();
  return changing(scene, asking('refresh'), change, () => victim.refresh());
}

/** A reply that is changed and not believed leaves the client waiting. */
async function unbelieved(scene: Scene, change: (text: string) => string): Promise<Attempt> {
  const victim = await scene.victim();
  const outcome = await withReply(scene, victim, (answer) => withText(answer, change(textOf(answer))));
  return byClient(victim, outcome, outcome.kind !== 'wait');
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

const JSON_HEADERS = [['content-type', 'application/problem+json']] as const;

/** An answer that nobody signed and that asks for something. */
const demand = (status: number, members: Members): WireAnswer => ({
  ...{ status, headers: JSON_HEADERS },
  body: new TextEncoder().encode(JSON.stringify(members)),
});

/** What the client believes of what comes back. */
export const REPLY_ATTACKS: readonly Attack[] = [
  {
    ...{ id: 'reply-edited', title: 'A reply with something written in', group: 'reply', by: 'client' },
    does: 'Lengthens the life of the tokens in a signed reply.',
    stops: 'Replies are signed by a key that the app carries.',
    ...{ codes: ['tokens.reply_signature_invalid'], protocol: [], needs: ['victim'] },
    run: (scene) => unbelieved(scene, (reply) => edited(reply, { payload: { iat: 1 } })),
  },
  {
    ...{ id: 'reply-forged', title: 'A reply by a key of the attacker’s', group: 'reply', by: 'client' },
    does: 'Signs a refusal that orders a new enrolment with his own key under the name of the real one.',
    stops: 'Replies are signed by a key that the app carries.',
    ...{ codes: ['tokens.reply_signature_invalid'], protocol: [40], needs: ['victim'] },
    run: (scene) =>
      unbelieved(scene, (reply) => resigned(reply, { payload: { result: 'refused', action: 'reenroll' } }, ownKey())),
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
      return byClient(victim, outcome, (await victim.pins()).length < before.length);
    },
  },
  {
    ...{ id: 'boxes-swapped', title: 'Two secrets swapped in a reply', group: 'secret', by: 'client' },
    does: 'Exchanges the boxes of two secrets, so that the app sends the one where the other belongs.',
    stops: 'Boxes stand in a signed reply.',
    ...{ codes: ['tokens.reply_signature_invalid'], protocol: [42], needs: ['victim'] },
    run: (scene) => unbelieved(scene, (reply) => edited(reply, { payload: { secrets: swapped(scene, reply) } })),
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

function swapped({ secrets: [one, other] }: Scene, reply: string): Members {
  const boxes = membersIn(payloadOf(reply), 'secrets');
  reached(textIn(boxes, one), 'the reply held no secret');
  return { ...boxes, [one]: boxes[other], [other]: boxes[one] };
}

/** Signs the changed reply with the reply key that leaked. */
async function byLeakedKey(scene: Scene, victim: Victim, change: (payload: Members) => Members | Promise<Members>) {
  const key = reached(scene.replyKey, 'no reply key has leaked');
  return withReply(scene, victim, async (answer) => {
    const text = textOf(answer);
    return withText(answer, resigned(text, { header: { kid: key.kid }, payload: await change(payloadOf(text)) }, key));
  });
}

/** A reply in the right words by a trusted key, with a set of pins that the app must not take. */
function pinAttack(
  row: Pick<Attack, 'id' | 'title' | 'does' | 'stops' | 'codes'>,
  set: (scene: Scene) => Promise<string> | string,
): Attack {
  return {
    ...{ ...row, group: 'pins', by: 'client', protocol: [47], needs: ['victim', 'reply-key'] },
    async run(scene) {
      const victim = await scene.victim();
      const before = await victim.pins();
      reached(before[0], 'the app holds no pins');
      const offered = membersOf(await set(scene));
      const outcome = await byLeakedKey(scene, victim, () => ({ pins: { set: offered } }));
      const after = await victim.pins();
      return byClient(victim, outcome, JSON.stringify(after) !== JSON.stringify(before));
    },
  };
}

/** The proxy alone cannot touch pins: they stand in signed replies. So here a reply key has leaked as well. */
export const PIN_ATTACKS: readonly Attack[] = [
  pinAttack(
    {
      ...{ id: 'pins-earlier', title: 'An earlier pin set', codes: ['pins.rollback'] },
      does: 'Holds a leaked reply key and offers the genuine pin set before the one in force, whose keys he has stolen.',
      stops: 'An app never goes back to an older set.',
    },
    ({ published }) => published.earlier,
  ),
  pinAttack(
    {
      ...{
        id: 'pins-other-app',
        title: 'The pin set of another app',
        codes: ['pins.wrong_app', 'pins.threshold_not_met'],
      },
      does: 'Holds a leaked reply key and offers the genuine pin set of another app.',
      stops: 'A pin set names its app, and the pins keys of an app sign it.',
    },
    ({ published }) => published.otherApp,
  ),
  pinAttack(
    {
      ...{
        id: 'pins-unsigned',
        title: 'A pin set without signatures',
        codes: ['pins.document_malformed', 'pins.threshold_not_met'],
      },
      does: 'Holds a leaked reply key and offers a pin set of his own that nobody signed.',
      stops: 'A pin set is signed by keys that the server does not hold.',
    },
    (scene) => unsignedSet(scene.published.current),
  ),
  pinAttack(
    {
      ...{ id: 'pins-other-key', title: 'A pin set by a key of the attacker’s', codes: ['pins.threshold_not_met'] },
      does: 'Holds a leaked reply key and signs a newer pin set of his own with a key of his own.',
      stops: 'A pin set is signed by keys that the server does not hold.',
    },
    (scene) => signedByAnother(scene.published.current, ownKey()),
  ),
  {
    ...{ id: 'pins-root', title: 'A root document of the attacker’s', group: 'pins', by: 'client' },
    does: 'Signs a reply with his own key, and answers the app’s question for newer keys with a root document that lists it.',
    stops: 'A root document is signed by the root keys of the one before.',
    ...{ codes: ['pins.threshold_not_met'], protocol: [47], needs: ['victim'] },
    async run(scene) {
      const victim = await scene.victim();
      const keys = { root: ownKey(), pins: ownKey(), reply: ownKey() };
      const root = membersOf(await signRoot(rootOf(scene.published.current, keys, scene.now()), [keys.root]));
      victim.reports();
      const isPins = (target: string) => target.includes('/v1/pins/');
      const outcome = await scene.tampering(
        async (request, forward) => {
          const answer = await forward(request);
          if (isPins(request.target)) return demand(200, { roots: [root] });
          if (!asking('refresh')(request)) return answer;
          return withText(answer, resigned(textOf(answer), { header: { kid: keys.reply.kid } }, keys.reply));
        },
        () => victim.refresh(),
      );
      return byClient(victim, outcome, outcome.kind === 'ok');
    },
  },
  {
    ...{ id: 'pins-time', title: 'A time after every pin, by a leaked reply key', group: 'pins', by: 'client' },
    does: 'Holds a leaked reply key and dates a reply so far ahead that every pin would have ended.',
    stops: 'The time that an online key says ends no pin.',
    ...{ codes: ['pins.root_expired'], protocol: [40, 47], needs: ['victim', 'reply-key'] },
    async run(scene) {
      const victim = await scene.victim();
      const before = await victim.pins();
      const iat = Math.floor(scene.now() / 1000) + 3650 * 86_400;
      const outcome = await byLeakedKey(scene, victim, () => ({ iat }));
      return byClient(victim, outcome, (await victim.pins()).length < before.length);
    },
  },
  {
    ...{
      id: 'boxes-swapped-signed',
      title: 'Two secrets swapped, by a leaked reply key',
      group: 'secret',
      by: 'client',
    },
    does: 'Exchanges the boxes of two secrets and signs the reply with a leaked reply key.',
    stops: 'The name of a secret is inside its box.',
    ...{ codes: ['secrets.box_mismatch'], protocol: [42], needs: ['victim', 'reply-key'] },
    async run(scene) {
      const victim = await scene.victim();
      const [one, other] = scene.secrets;
      const outcome = await withSwapped(scene, victim);
      const [value, wrong] = [await victim.secret(one), await victim.secret(other)];
      return byClient(victim, outcome, value !== undefined && value === wrong);
    },
  },
  {
    ...{
      id: 'boxes-earlier',
      title: 'A secret of an earlier reply, by a leaked reply key',
      group: 'secret',
      by: 'client',
    },
    does: 'Puts the boxes of an earlier reply into a new one, to bring back a secret that was replaced.',
    stops: 'A box is made for one request.',
    ...{ codes: ['secrets.box_mismatch'], protocol: [42], needs: ['victim', 'reply-key'] },
    async run(scene) {
      const victim = await scene.victim();
      const { answer } = await listen(scene, asking('refresh'), () => victim.refresh());
      const secrets = membersIn(payloadOf(textOf(answer)), 'secrets');
      const outcome = await byLeakedKey(scene, victim, () => ({ secrets }));
      const { codes } = byClient(victim, outcome, false);
      return { succeeded: !codes.includes('secrets.box_mismatch'), codes, seen: `the client came to ${outcome.kind}` };
    },
  },
];

function withSwapped(scene: Scene, victim: Victim): Promise<CallOutcome> {
  const [one, other] = scene.secrets;
  return byLeakedKey(scene, victim, (payload) => {
    const boxes = membersIn(payload, 'secrets');
    reached(textIn(boxes, one), 'the reply held no secret');
    return { secrets: { ...boxes, [one]: boxes[other], [other]: boxes[one] } };
  });
}
