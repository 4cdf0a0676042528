import { type Attack, reached } from '../attack.ts';
import { nonceIn } from '../craft.ts';
import type { Scene } from '../scene.ts';
import { atWallet, byApi, changing, hold, isProvenCall, listen, proofOf, sending } from '../steps.ts';
import { type WireRequest, withHeader } from '../wire.ts';

/** What tells how fresh a proof is. */
export const NONCE_ATTACKS: readonly Attack[] = [
  {
    ...{ id: 'nonce-late', title: 'A proof whose nonce has ended', group: 'challenge', by: 'api' },
    does: 'Holds back a call until its nonce has ended and its token has not.',
    stops: 'A nonce lives for five minutes, with no tolerance.',
    ...{ codes: ['tokens.proof_nonce_invalid'], protocol: [31], needs: ['hold', 'clock', 'victim'] },
    async run(scene) {
      const victim = await scene.victim();
      await victim.refresh();
      const held = await hold(scene, isProvenCall, () => victim.call({ target: scene.routes.read }));
      return scene.later(310, async () => byApi(scene, await scene.send(held)));
    },
  },
  {
    ...{ id: 'nonce-stripped', title: 'The nonce kept from the client', group: 'challenge', by: 'api' },
    does: 'Takes the nonce out of every answer, so that the client makes proofs without one: good for later.',
    stops: 'A proof without a nonce is not taken.',
    ...{ codes: ['tokens.proof_nonce_required'], protocol: [31], needs: ['victim'] },
    async run(scene) {
      const victim = await scene.stranger();
      const isCall = ({ host }: WireRequest) => host === scene.hosts.api;
      const answers = await sendingStripped(scene, isCall, () => victim.call({ target: scene.routes.read }));
      return byApi(scene, answers);
    },
  },
  {
    ...{ id: 'nonce-planted', title: 'A nonce of the attacker’s', group: 'challenge', by: 'api' },
    does: 'Gives the client a nonce that another API made, so that it signs proofs whose time he chooses.',
    stops: 'A nonce is authenticated, for one API.',
    ...{ codes: ['tokens.proof_nonce_invalid'], protocol: [31], needs: ['victim'] },
    async run(scene) {
      const victim = await scene.victim();
      const call = () => victim.call(atWallet(scene));
      await call();
      const foreign = await listen(scene, isProvenCall, call);
      const nonce = reached(nonceIn(proofOf(foreign.request)), 'the other API gives no nonce');
      const plant = () => victim.call({ target: scene.routes.read });
      await changing(
        scene,
        ({ host }) => host === scene.hosts.api,
        (answer) => withHeader(answer, 'dpop-nonce', nonce),
        plant,
      );
      const [answer] = await sending(scene, isProvenCall, (request) => request, plant);
      return byApi(scene, answer ?? foreign.answer);
    },
  },
];

/** The last answer of the API to a client that never learns a nonce. */
async function sendingStripped(scene: Scene, wanted: (request: WireRequest) => boolean, act: () => Promise<unknown>) {
  const from = scene.seen.length;
  await changing(scene, wanted, (answer) => withHeader(answer, 'dpop-nonce'), act);
  const last = scene.seen.slice(from).findLast(({ request }) => wanted(request));
  return reached(last, 'an answer was changed that nobody saw').answer;
}
