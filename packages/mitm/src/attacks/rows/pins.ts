import { signRoot } from '@assay/pins/wire';
import { type Attack, reached } from '../attack.ts';
import { ownKey, resigned } from '../craft.ts';
import { rootOf, signedByAnother, unsignedSet } from '../documents.ts';
import type { Scene } from '../scene.ts';
import { asking, byClient, listen } from '../steps.ts';
import { membersIn, membersOf, payloadOf, textOf, withText } from '../wire.ts';
import { byLeakedKey, demand, swapped } from './reply-steps.ts';

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
      const foreign = reached(await victim.secret(other), 'the app was given no secret');
      const outcome = await byLeakedKey(scene, victim, (payload) => ({ secrets: swapped(scene, payload) }));
      return byClient(victim, outcome, (await victim.secret(one)) === foreign);
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
