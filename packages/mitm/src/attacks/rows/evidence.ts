import type { Attack } from '../attack.ts';
import { asking, byServer, CHALLENGE_EXPIRED, hold, listen } from '../steps.ts';
import { membersOf, textOf } from '../wire.ts';
import { changed, evidenceOf, heldEnrolment, sendChanged } from './statement-steps.ts';

/** What platforms say of phone and app, taken away or taken elsewhere. */
export const EVIDENCE_ATTACKS: readonly Attack[] = [
  {
    ...{ id: 'evidence-stripped', title: 'The evidence taken away', group: 'statement', by: 'server' },
    does: 'Lets an enrolment through without its evidence.',
    stops: 'The statement declares what comes with it.',
    ...{ codes: ['tokens.evidence_undeclared'], protocol: [12], needs: ['victim'] },
    run: (scene) => sendChanged(scene, (body) => ({ ...body, evidence: [] })),
  },
  {
    ...{
      id: 'evidence-second-stripped',
      title: 'The second piece of evidence taken away',
      group: 'statement',
      by: 'server',
    },
    does: 'Takes away the word of Google Play that came beside a hardware attestation.',
    stops: 'The statement declares what comes with it, in its order.',
    ...{ codes: ['tokens.evidence_undeclared'], protocol: [12], needs: ['victim'] },
    run: (scene) => sendChanged(scene, (body) => ({ ...body, evidence: evidenceOf(body).slice(0, 1) }), 'shop'),
  },
  {
    ...{ id: 'assertion-stripped', title: 'The assertion taken off a refresh', group: 'statement', by: 'server' },
    does: 'Takes the word of the platform key off a refresh on iOS, so that the key of the app alone speaks.',
    stops: 'The statement declares what comes with it.',
    ...{ codes: ['tokens.evidence_undeclared'], protocol: [12, 16], needs: ['victim'] },
    async run(scene) {
      const victim = await scene.victim('ios');
      const held = await hold(scene, asking('refresh'), () => victim.refresh());
      return byServer(scene, await scene.send(changed(held, (body) => ({ ...body, evidence: [] }))));
    },
  },
  {
    ...{ id: 'evidence-other-phone', title: 'Evidence of another phone', group: 'statement', by: 'server' },
    does: 'Puts the attestation of a better phone into an enrolment.',
    stops: 'Evidence commits to one statement.',
    ...{ codes: ['android.challenge_mismatch'], protocol: [13], needs: ['victim'] },
    async run(scene) {
      const evidence = evidenceOf(membersOf(textOf(await heldEnrolment(scene))));
      return sendChanged(scene, (body) => ({ ...body, evidence }));
    },
  },
  {
    ...{ id: 'assertion-old', title: 'An assertion from before', group: 'statement', by: 'server' },
    does: 'Holds back a refresh, has the phone make another one, and sends the first when the second was granted.',
    stops: 'The counter of the platform key only rises.',
    ...{ codes: ['apple.counter_replayed'], protocol: [17], needs: ['victim'] },
    async run(scene) {
      const victim = await scene.victim('ios');
      const held = await hold(scene, asking('refresh'), () => victim.refresh(), CHALLENGE_EXPIRED);
      return byServer(scene, await scene.send(held));
    },
  },
  {
    ...{
      id: 'assertion-other-statement',
      title: 'An assertion under another statement',
      group: 'statement',
      by: 'server',
    },
    does: 'Swaps the assertions of two refreshes of one phone.',
    stops: 'An assertion commits to one statement.',
    ...{
      codes: ['apple.signature_invalid'],
      protocol: [17],
      needs: ['victim'],
    },
    async run(scene) {
      const victim = await scene.victim('ios');
      const { request } = await listen(scene, asking('refresh'), () => victim.refresh());
      const evidence = evidenceOf(membersOf(textOf(request)));
      const held = await hold(scene, asking('refresh'), () => victim.refresh());
      return byServer(scene, await scene.send(changed(held, (body) => ({ ...body, evidence }))));
    },
  },
];
