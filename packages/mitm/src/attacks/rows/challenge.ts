import { thumbprint } from '@assay/tokens';
import { type Attack, type Attempt, reached } from '../attack.ts';
import { ownKey } from '../craft.ts';
import type { Scene } from '../scene.ts';
import { asking, byServer, CHALLENGE_EXPIRED, changing, isGranted, listen, UNAVAILABLE } from '../steps.ts';
import { membersOf, textIn, textOf, type WireAnswer, type WireRequest, withText } from '../wire.ts';

const MEMBER = 'attestation_challenge';

/** A challenge of the attacker's asking. */
async function ask(
  scene: Scene,
  wish: { readonly app: string; readonly jkt?: string },
  issuer = scene.issuer,
): Promise<string> {
  const request: WireRequest = {
    ...{ host: scene.hosts.issuer, method: 'POST', target: `${new URL(issuer).pathname}/v1/challenge` },
    ...{ headers: [['content-type', 'application/json']], body: new TextEncoder().encode(JSON.stringify(wish)) },
  };
  return textIn(membersOf(textOf(await scene.send(request))), MEMBER) ?? '';
}

const withChallenge = (answer: WireAnswer, challenge: string): WireAnswer =>
  withText(answer, JSON.stringify({ ...membersOf(textOf(answer)), [MEMBER]: challenge }));

/** Gives a new phone another challenge than it asked for, and takes what the server says to its first statement. */
async function planted(scene: Scene, challenge: string): Promise<Attempt> {
  const victim = await scene.stranger();
  const from = scene.seen.length;
  await changing(
    scene,
    asking('challenge'),
    (answer) => withChallenge(answer, challenge),
    () => victim.refresh(),
  );
  const first = scene.seen.slice(from).find(({ request }) => asking('attest')(request));
  return byServer(scene, reached(first, 'the phone made no statement on the challenge').answer);
}

/** What an app is given to sign, exchanged for something else. */
export const CHALLENGE_ATTACKS: readonly Attack[] = [
  {
    ...{ id: 'challenge-other-app', title: 'A challenge of another app', group: 'challenge', by: 'server' },
    does: 'Asks for a challenge in the name of another app and gives it to the phone.',
    stops: 'The app is under the MAC of the challenge.',
    ...{ codes: ['tokens.challenge_invalid'], protocol: [3], needs: ['victim'] },
    run: async (scene) => planted(scene, await ask(scene, { app: scene.otherApp })),
  },
  {
    ...{
      id: 'challenge-other-key',
      title: 'A challenge for a key of the attacker’s',
      group: 'challenge',
      by: 'server',
    },
    does: 'Asks for a challenge for his own key and gives it to the phone for its enrolment.',
    stops: 'Purpose and thumbprint are under the MAC of the challenge.',
    ...{ codes: ['tokens.challenge_purpose', 'tokens.challenge_invalid'], protocol: [9], needs: ['victim'] },
    run: async (scene) => planted(scene, await ask(scene, { app: scene.app, jkt: thumbprint(ownKey().publicJwk) })),
  },
  {
    ...{ id: 'challenge-other-device', title: 'A challenge of another device', group: 'challenge', by: 'server' },
    does: 'Asks for a challenge in the name of another install and gives it to the phone for its refresh.',
    stops: 'The thumbprint of the key is under the MAC of the challenge.',
    ...{ codes: ['tokens.challenge_invalid'], protocol: [4], needs: ['victim'] },
    async run(scene) {
      const victim = await scene.victim();
      const foreign = await ask(scene, { app: scene.app, jkt: thumbprint(ownKey().publicJwk) });
      const answers: WireAnswer[] = [];
      let held = 0;
      await scene.tampering(
        async (request, forward) => {
          if (asking('challenge')(request)) return withChallenge(await forward(request), foreign);
          if (!asking('refresh')(request)) return forward(request);
          held += 1;
          // The challenge that came with the last reply is thrown away, so that the client asks for one.
          if (held === 1) return CHALLENGE_EXPIRED;
          answers.push(await forward(request));
          return UNAVAILABLE;
        },
        () => victim.refresh(),
      );
      return byServer(scene, reached(answers[0], 'the phone made no statement on the challenge'));
    },
  },
  {
    ...{ id: 'challenge-other-server', title: 'A challenge of another server', group: 'challenge', by: 'server' },
    does: 'Fetches a challenge from another issuer and gives it to the phone, to use its evidence there.',
    stops: 'The issuer is under the MAC of the challenge, and in the statement.',
    ...{ codes: ['tokens.challenge_invalid'], protocol: [4], needs: ['victim', 'issuers'] },
    run: async (scene) => planted(scene, await ask(scene, { app: scene.app }, scene.otherIssuer)),
  },
  {
    ...{ id: 'challenge-reused', title: 'A challenge that was redeemed', group: 'challenge', by: 'server' },
    does: 'Gives one phone the challenge on which another one has enrolled.',
    stops: 'A challenge is redeemed once.',
    ...{ codes: ['service.challenge_used', 'challenge_used'], protocol: [1], needs: ['victim'] },
    async run(scene) {
      const first = await scene.stranger();
      const { answer } = await listen(scene, asking('challenge'), () => first.refresh());
      return planted(scene, textIn(membersOf(textOf(answer)), MEMBER) ?? '');
    },
  },
  {
    ...{ id: 'challenge-raced', title: 'One challenge from two phones at once', group: 'challenge', by: 'server' },
    does: 'Gives two phones one challenge and sends both enrolments at the same moment.',
    stops: 'A unique key in the store: one of them is granted.',
    ...{ codes: ['service.challenge_used', 'challenge_used'], protocol: [2], needs: ['victim'] },
    async run(scene) {
      const challenge = await ask(scene, { app: scene.app });
      const held = [await heldOn(scene, challenge), await heldOn(scene, challenge)];
      const answers = await Promise.all(held.map((request) => scene.send(request)));
      const granted = answers.filter(isGranted);
      const refused = await Promise.all(
        answers.filter((answer) => !isGranted(answer)).map((each) => byServer(scene, each)),
      );
      const codes = refused.flatMap((attempt) => attempt.codes);
      return { succeeded: granted.length > 1, codes, seen: `${granted.length} of 2 enrolments were granted` };
    },
  },
  {
    ...{ id: 'challenge-made-up', title: 'A challenge of the attacker’s making', group: 'challenge', by: 'server' },
    does: 'Invents a challenge that ends far in the future, to collect evidence for later.',
    stops: 'A challenge is authenticated by its MAC.',
    ...{ codes: ['tokens.challenge_invalid'], protocol: [], needs: ['victim'] },
    async run(scene) {
      const genuine = Buffer.from(await ask(scene, { app: scene.app }), 'base64url');
      genuine.writeUInt32BE(genuine.readUInt32BE(3) + 20, 3);
      return planted(scene, genuine.toString('base64url'));
    },
  },
];

/** An enrolment on this challenge, held back. */
async function heldOn(scene: Scene, challenge: string): Promise<WireRequest> {
  const victim = await scene.stranger();
  let held: WireRequest | undefined;
  await scene.tampering(
    async (request, forward) => {
      if (asking('challenge')(request)) return withChallenge(await forward(request), challenge);
      if (!asking('attest')(request)) return forward(request);
      held = request;
      return UNAVAILABLE;
    },
    () => victim.refresh(),
  );
  return reached(held, 'the phone made no statement on the challenge');
}
