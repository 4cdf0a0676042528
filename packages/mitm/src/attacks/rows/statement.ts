import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { toBase64url } from '@assay/formats';
import { toPoint } from '@assay/tokens';
import { type Attack, reached } from '../attack.ts';
import { edited, forceOpen, ownKey, rekeyed, resigned } from '../craft.ts';
import { asking, byServer, hold, isGranted, listen } from '../steps.ts';
import {
  isMembers,
  type Members,
  membersIn,
  membersOf,
  payloadOf,
  textIn,
  textOf,
  type WireAnswer,
  withText,
} from '../wire.ts';
import { changed, heldEnrolment, sendChanged, statementOf } from './statement-steps.ts';

/** The point of an encryption key of the attacker's, as a statement says it. */
const ownPoint = (): string => toBase64url(toPoint(ownKey().publicJwk));

/** What the client asks the server for, read and rewritten. */
export const STATEMENT_ATTACKS: readonly Attack[] = [
  {
    ...{ id: 'attest-replayed', title: 'An enrolment sent again', group: 'statement', by: 'server' },
    does: 'Sends an enrolment that was granted again and again, to be given tokens and secrets of his own.',
    stops:
      'A challenge is redeemed once. The same octets are answered from the record three times, for the key of the phone.',
    ...{ codes: ['service.challenge_used', 'challenge_used'], protocol: [1, 19], needs: ['victim'] },
    async run(scene) {
      const victim = await scene.stranger();
      const { request, answer } = await listen(scene, asking('attest'), () => victim.refresh());
      const answers: WireAnswer[] = [];
      for (let copy = 0; copy < 5; copy += 1) answers.push(await scene.send(request));
      const audience = payloadOf(textOf(answer))['aud'];
      const foreign = answers.filter((each) => isGranted(each) && payloadOf(textOf(each))['aud'] !== audience);
      const last = await byServer(scene, reached(answers.at(-1), 'no answer'));
      const granted = answers.filter(isGranted).length;
      return {
        ...last,
        succeeded: last.succeeded || foreign.length > 0,
        seen: `${granted} of 5 copies were answered, for the key of the phone`,
      };
    },
  },
  {
    ...{ id: 'attest-raced', title: 'One enrolment on eight connections', group: 'statement', by: 'server' },
    does: 'Holds an enrolment back and sends it eight times at once, to have two installs made of it.',
    stops: 'A unique key in the store: one enrolment, one record.',
    ...{ codes: ['service.challenge_used', 'challenge_used'], protocol: [2], needs: ['victim'] },
    async run(scene) {
      const held = await heldEnrolment(scene);
      const answers = await Promise.all(Array.from({ length: 8 }, () => scene.send(held)));
      const records = new Set(answers.filter(isGranted).map((answer) => payloadOf(textOf(answer))['support']));
      reached([...records][0], 'no copy was granted');
      const { codes } = await byServer(
        scene,
        reached(
          answers.find((answer) => !isGranted(answer)),
          'every copy was granted',
        ),
      );
      return { succeeded: records.size > 1, codes, seen: `8 copies came to ${records.size} record` };
    },
  },
  {
    ...{ id: 'attest-edited', title: 'A claim raised in the statement', group: 'statement', by: 'server' },
    does: 'Writes a newer version of the app into the signed body of an enrolment.',
    stops: 'The statement is signed by the key that it is about.',
    ...{ codes: ['tokens.request_signature_invalid'], protocol: [8], needs: ['victim'] },
    run: (scene) => sendChanged(scene, (body) => withClaims(body, { ver: '99.0.0' })),
  },
  {
    ...{ id: 'attest-other-e', title: 'Another encryption key in the statement', group: 'secret', by: 'server' },
    does: 'Puts his own encryption key into the statement, so that secrets are sealed to him.',
    stops: 'The encryption key stands inside the signed statement.',
    ...{ codes: ['tokens.request_signature_invalid'], protocol: [5], needs: ['victim'] },
    run: (scene) =>
      sendChanged(scene, (body) => ({ ...body, request: edited(statementOf(body), { payload: { enc: ownPoint() } }) })),
  },
  {
    ...{ id: 'attest-other-e-and-k', title: 'Another encryption key, signed anew', group: 'secret', by: 'server' },
    does: 'Puts his own encryption key into the statement and signs it with an instance key of his own.',
    stops: 'The evidence commits to the statement, octet for octet.',
    ...{ codes: ['android.challenge_mismatch'], protocol: [5, 6], needs: ['victim'] },
    run: (scene) =>
      sendChanged(scene, (body) => ({ ...body, request: rekeyed(statementOf(body), ownKey(), { enc: ownPoint() }) })),
  },
  {
    ...{ id: 'attest-other-k-android', title: 'Another instance key (Android)', group: 'statement', by: 'server' },
    does: 'Signs the untouched statement with a key of his own and names it in the header.',
    stops: 'The instance key must be the one that the hardware attests.',
    ...{ codes: ['android.key_mismatch'], protocol: [7], needs: ['victim'] },
    run: (scene) => sendChanged(scene, (body) => ({ ...body, request: rekeyed(statementOf(body), ownKey()) })),
  },
  {
    ...{ id: 'attest-other-k-ios', title: 'Another instance key (iOS)', group: 'statement', by: 'server' },
    does: 'The same on iOS, where the instance key is made apart from the attested one.',
    stops: 'The evidence commits to the thumbprint of the instance key.',
    ...{ codes: ['apple.nonce_mismatch'], protocol: [6], needs: ['victim'] },
    run: (scene) => sendChanged(scene, (body) => ({ ...body, request: rekeyed(statementOf(body), ownKey()) }), 'ios'),
  },
  {
    ...{ id: 'attest-foreign-key', title: 'A foreign public key in the header', group: 'statement', by: 'server' },
    does: 'Names the public key of somebody else as the signer and leaves the signature.',
    stops: 'The statement is verified by the key that it names.',
    ...{ codes: ['tokens.request_signature_invalid'], protocol: [7], needs: ['victim'] },
    run: (scene) =>
      sendChanged(scene, (body) => {
        const jwk = { ...ownKey().publicJwk };
        return { ...body, request: edited(statementOf(body), { header: { jwk } }) };
      }),
  },
  {
    ...{ id: 'attest-two-statements', title: 'Two statements in one body', group: 'statement', by: 'server' },
    does: 'Writes a member twice, so that one parser reads his statement and another one that of the phone.',
    stops: 'A name that stands twice is refused before anything is read.',
    ...{ codes: ['request_malformed'], protocol: [11], needs: ['victim'] },
    async run(scene) {
      const held = await heldEnrolment(scene);
      const own = JSON.stringify({ request: rekeyed(statementOf(membersOf(textOf(held))), ownKey()) });
      return byServer(scene, await scene.send(withText(held, `${own.slice(0, -1)},${textOf(held).slice(1)}`)));
    },
  },
  {
    ...{ id: 'purpose-other', title: 'A refresh at the door for enrolments', group: 'statement', by: 'server' },
    does: 'Sends a refresh to the route for enrolments, to begin a new lineage without evidence.',
    stops: 'The purpose is in the statement and in its challenge.',
    ...{ codes: ['tokens.purpose_mismatch', 'tokens.challenge_purpose'], protocol: [9], needs: ['victim'] },
    async run(scene) {
      const victim = await scene.victim();
      const held = await hold(scene, asking('refresh'), () => victim.refresh());
      return byServer(scene, await scene.send({ ...held, target: held.target.replace('/refresh', '/attest') }));
    },
  },
  {
    ...{ id: 'rekey-stolen', title: 'An install taken over by a rekey', group: 'statement', by: 'server' },
    does: 'Takes the consent of the old key off a rekey and puts one by a key of his own there.',
    stops: 'The registered key consents to its successor.',
    ...{ codes: ['tokens.cosign_invalid'], protocol: [], needs: ['victim'] },
    async run(scene) {
      const victim = await scene.victim();
      const held = await hold(scene, asking('rekey'), () => victim.rekey());
      const forge = (body: Members) => ({ ...body, cosign: resigned(textIn(body, 'cosign') ?? '', {}, ownKey()) });
      return byServer(scene, await scene.send(changed(held, forge)));
    },
  },
  {
    ...{ id: 'issuer-other', title: 'An enrolment forwarded to another environment', group: 'statement', by: 'server' },
    does: 'Sends an enrolment that was made for one environment to the issuer of another.',
    stops: 'The issuer is in the MAC of the challenge, and in the statement.',
    ...{
      codes: ['tokens.challenge_invalid', 'tokens.audience_mismatch'],
      protocol: [3, 4],
      needs: ['victim', 'issuers'],
    },
    async run(scene) {
      const held = await heldEnrolment(scene);
      const [from, to] = [scene.issuer, scene.otherIssuer].map((iss) => new URL(iss).pathname);
      return byServer(scene, await scene.send({ ...held, target: held.target.replace(from ?? '', to ?? '') }));
    },
  },
  {
    ...{ id: 'attest-late', title: 'An enrolment after its challenge', group: 'challenge', by: 'server' },
    does: 'Holds an enrolment back until its challenge has ended.',
    stops: 'A challenge carries its time under a MAC.',
    ...{ codes: ['tokens.challenge_expired'], protocol: [], needs: ['victim', 'clock'] },
    async run(scene) {
      const held = await heldEnrolment(scene);
      return scene.later(400, async () => byServer(scene, await scene.send(held)));
    },
  },
  {
    ...{ id: 'secret-opened', title: 'A sealed secret opened with another key', group: 'secret', by: 'server' },
    does: 'Tries to open the boxes that he has read with keys of his own, without looking at any header.',
    stops: 'A secret is sealed to a key that lives in the memory of the app for one request.',
    ...{ codes: [], protocol: [], needs: ['victim'] },
    async run(scene) {
      const victim = await scene.stranger();
      const { answer } = await listen(scene, asking('attest'), () => victim.refresh());
      const boxes = Object.values(membersIn(payloadOf(textOf(answer)), 'secrets')).filter(
        (box) => typeof box === 'string',
      );
      reached(boxes[0], 'the reply held no secret');
      const opened = boxes.filter((box) => forceOpen(box, newPrivateKey()) !== undefined);
      return { succeeded: opened.length > 0, codes: [], seen: `${opened.length} of ${boxes.length} boxes opened` };
    },
  },
];

function withClaims(body: Members, change: Members): Members {
  const { claims } = payloadOf(statementOf(body));
  const raised = { ...(isMembers(claims) ? claims : {}), ...change };
  return { ...body, request: edited(statementOf(body), { payload: { claims: raised } }) };
}

const newPrivateKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
