import { type Attack, type Attempt, assertReached } from '../attack.ts';
import { edited, malleated, ownKey, resigned } from '../craft.ts';
import type { Scene } from '../scene.ts';
import { atWallet, byApi, heldCall, hold, isProvenCall, isServed, listen, proofOf, usedCall, usual } from '../steps.ts';
import { headerOf, type WireRequest, withHeader, withText } from '../wire.ts';

const withProof = (request: WireRequest, proof: string): WireRequest => withHeader(request, 'dpop', proof);

/** A held call, changed before it goes on. */
async function sendChanged(scene: Scene, change: (held: WireRequest) => WireRequest): Promise<Attempt> {
  return byApi(scene, await scene.send(change(await heldCall(scene))));
}

/** Proofs that are used again, swapped, or changed. */
export const PROOF_ATTACKS: readonly Attack[] = [
  {
    ...{ id: 'proof-replayed', title: 'The whole call once more, on another connection', group: 'proof', by: 'api' },
    does: 'Sends a call that was served once more, byte for byte, on a connection of his own.',
    stops: 'Each proof is taken once; its name is remembered until it could not be taken any more.',
    ...{ codes: ['tokens.proof_replayed'], protocol: [], needs: ['capture'] },
    async run(scene) {
      return byApi(scene, await scene.send((await usedCall(scene)).request));
    },
  },
  {
    ...{ id: 'proof-raced', title: 'One call on several connections at once', group: 'proof', by: 'api' },
    does: 'Holds a call back and sends it eight times at the same moment, hoping that two arrive before either is noted.',
    stops: 'A proof is noted and looked up in one step.',
    ...{ codes: ['tokens.proof_replayed'], protocol: [], needs: ['hold'] },
    async run(scene) {
      const held = await heldCall(scene);
      const answers = await Promise.all(Array.from({ length: 8 }, () => scene.send(held)));
      const served = answers.filter(isServed).length;
      const refused = answers.find((answer) => !isServed(answer));
      const { codes } = refused === undefined ? { codes: [] } : await byApi(scene, refused);
      return { succeeded: served > 1, codes, seen: `${served} of 8 copies were served` };
    },
  },
  {
    ...{ id: 'proof-malleated', title: 'A used proof with another valid signature', group: 'proof', by: 'api' },
    does: 'Turns the signature of a used proof into (r, n - s), which verifies as well, to pass it off as a new one.',
    stops: 'Proofs are told apart by their name, which is signed, never by their octets.',
    ...{ codes: ['tokens.proof_replayed'], protocol: [34], needs: ['capture'] },
    async run(scene) {
      const { request } = await usedCall(scene);
      return byApi(scene, await scene.send(withProof(request, malleated(proofOf(request)))));
    },
  },
  {
    ...{ id: 'proof-stripped', title: 'The proof taken off on the way', group: 'proof', by: 'api' },
    does: 'Lets a call through without its proof, hoping that the API takes the token alone.',
    stops: 'A token that names a key is taken with its proof alone, whatever the API says of `dpop`.',
    ...{ codes: ['middleware.proof_missing'], protocol: [27], needs: ['hold'] },
    run: (scene) => sendChanged(scene, (held) => withHeader(held, 'dpop')),
  },
  {
    ...{ id: 'proof-method', title: 'Another method', group: 'proof', by: 'api' },
    does: 'Turns a GET that he held back into a DELETE.',
    stops: 'The proof names the method.',
    ...{ codes: ['tokens.proof_method_mismatch'], protocol: [], needs: ['hold'] },
    run: (scene) => sendChanged(scene, (held) => ({ ...held, method: 'DELETE' })),
  },
  {
    ...{ id: 'proof-path', title: 'Another path', group: 'proof', by: 'api' },
    does: 'Sends a call that he held back to another route.',
    stops: 'The proof names the address.',
    ...{ codes: ['tokens.proof_target_mismatch'], protocol: [], needs: ['hold'] },
    run: (scene) => sendChanged(scene, (held) => ({ ...held, target: scene.routes.whoami })),
  },
  {
    ...{ id: 'proof-query', title: 'Another query', group: 'proof', by: 'api' },
    does: 'Adds a parameter to a call that he held back, which RFC 9449 leaves out of the proof.',
    stops: 'The proof of our clients names the query.',
    ...{ codes: ['tokens.proof_query_mismatch'], protocol: [], needs: ['hold'] },
    run: (scene) => sendChanged(scene, (held) => ({ ...held, target: `${held.target}?account=of-somebody-else` })),
  },
  {
    ...{ id: 'proof-body', title: 'Another body', group: 'proof', by: 'api' },
    does: 'Changes the amount in a payment that he held back, which RFC 9449 leaves out of the proof.',
    stops: 'The proof of our clients names the body, and the route asks for that.',
    ...{ codes: ['middleware.body_mismatch'], protocol: [], needs: ['routes', 'hold'] },
    async run(scene) {
      const held = await heldCall(scene, { target: scene.routes.write, method: 'POST', body: '{"amount":1}' });
      return byApi(scene, await scene.send(withText(held, '{"amount":1000}')));
    },
  },
  {
    ...{ id: 'proof-claims-stripped', title: 'Query and body struck out of the proof', group: 'proof', by: 'api' },
    does: 'Changes the query and takes the hashes of query and body out of the proof, so that it looks like a foreign client’s.',
    stops: 'Whoever strips a claim breaks the signature.',
    ...{ codes: ['tokens.proof_signature_invalid'], protocol: [], needs: ['hold'] },
    run: (scene) =>
      sendChanged(scene, (held) => {
        const proof = edited(proofOf(held), { payload: { qry_h: undefined, bod_h: undefined } });
        assertReached(proof !== proofOf(held), 'the proof names neither query nor body');
        return withProof({ ...held, target: `${held.target}?account=of-somebody-else` }, proof);
      }),
  },
  {
    ...{ id: 'proof-body-dropped', title: 'The body taken away', group: 'proof', by: 'api' },
    does: 'Sends a payment that he held back without its body, so that the API takes what it takes where none is given.',
    stops: 'The proof names the body, an empty one too.',
    ...{ codes: ['middleware.body_mismatch'], protocol: [], needs: ['routes', 'hold'] },
    async run(scene) {
      const held = await heldCall(scene, { target: scene.routes.write, method: 'POST', body: '{"amount":1}' });
      return byApi(scene, await scene.send(withText(held, '')));
    },
  },
  {
    ...{ id: 'proof-body-added', title: 'A body where there was none', group: 'proof', by: 'api' },
    does: 'Adds a body to a call that he held back and that had none.',
    stops: 'The proof names the body, an empty one too.',
    ...{ codes: ['middleware.body_mismatch'], protocol: [], needs: ['routes', 'hold'] },
    async run(scene) {
      const held = await heldCall(scene, { target: scene.routes.write, method: 'POST' });
      return byApi(scene, await scene.send(withText(held, '{"amount":1000}')));
    },
  },
  {
    ...{ id: 'proof-swapped', title: 'Proofs of two calls swapped', group: 'proof', by: 'api' },
    does: 'Holds back two calls of one phone, a read and a write, and sends the write with the proof of the read.',
    stops: 'The proof names method and address.',
    ...{
      codes: ['tokens.proof_method_mismatch', 'tokens.proof_target_mismatch'],
      protocol: [],
      needs: ['routes', 'hold'],
    },
    async run(scene) {
      const read = await heldCall(scene);
      const write = await heldCall(scene, { target: scene.routes.write, method: 'POST', body: '{"amount":1}' });
      return byApi(scene, await scene.send(withProof(write, proofOf(read))));
    },
  },
  {
    ...{ id: 'proof-edited', title: 'A proof with another address written in', group: 'proof', by: 'api' },
    does: 'Writes another address into a proof and leaves its signature.',
    stops: 'The proof is signed.',
    ...{ codes: ['tokens.proof_signature_invalid'], protocol: [], needs: ['hold'] },
    run: (scene) =>
      sendChanged(scene, (held) => {
        const htu = `https://${scene.hosts.api}${scene.routes.whoami}`;
        return withProof({ ...held, target: scene.routes.whoami }, edited(proofOf(held), { payload: { htu } }));
      }),
  },
  {
    ...{ id: 'proof-resigned', title: 'A proof signed anew under the name of the real key', group: 'proof', by: 'api' },
    does: 'Writes another address into a proof, leaves the real public key in its header and signs with his own.',
    stops: 'The signature is verified by the key in the header, and that key is the one in the token.',
    ...{ codes: ['tokens.proof_signature_invalid'], protocol: [7], needs: ['hold'] },
    run: (scene) =>
      sendChanged(scene, (held) => {
        const htu = `https://${scene.hosts.api}${scene.routes.whoami}`;
        const proof = resigned(proofOf(held), { payload: { htu } }, ownKey());
        return withProof({ ...held, target: scene.routes.whoami }, proof);
      }),
  },
  {
    ...{ id: 'proof-old-token', title: 'An older token under a newer proof', group: 'proof', by: 'api' },
    does: 'Keeps a token from before a refresh, when the phone was judged better, and puts it beside a proof made after.',
    stops: 'The proof names the token by its hash.',
    ...{ codes: ['tokens.proof_token_mismatch'], protocol: [28], needs: ['hold', 'victim'] },
    async run(scene) {
      const victim = await usual(scene);
      const { request: earlier } = await usedCall(scene);
      await victim.refresh();
      const held = await heldCall(scene);
      const authorization = headerOf(earlier, 'authorization');
      return byApi(scene, await scene.send(withHeader(held, 'authorization', authorization)));
    },
  },
  {
    ...{ id: 'proof-old-attestation', title: 'An older attestation beside a user’s token', group: 'proof', by: 'api' },
    does: 'The same where attestation and user have a token each: swaps the attestation for one from before a refresh.',
    stops: 'The proof names the attestation token by a hash of its own.',
    ...{ codes: ['tokens.proof_attestation_mismatch'], protocol: [28], needs: ['hold', 'victim'] },
    async run(scene) {
      const victim = await usual(scene);
      const call = () => victim.call(atWallet(scene));
      const { request: earlier } = await listen(scene, isProvenCall, call);
      await victim.refresh();
      const held = await hold(scene, isProvenCall, call);
      const name = 'oauth-client-attestation';
      return byApi(scene, await scene.send(withHeader(held, name, headerOf(earlier, name))));
    },
  },
  {
    ...{
      id: 'proof-other-user',
      title: 'Another user’s token beside a genuine attestation',
      group: 'proof',
      by: 'api',
    },
    does: 'Puts the stolen token of another user into a call of his own genuine phone.',
    stops: 'The proof names the user’s token too: user, app and request belong together.',
    ...{ codes: ['tokens.proof_token_mismatch'], protocol: [29], needs: ['hold', 'victim'] },
    async run(scene) {
      const victim = await usual(scene);
      const call = () => victim.call(atWallet(scene));
      await call();
      const held = await hold(scene, isProvenCall, call);
      return byApi(scene, await scene.send(withHeader(held, 'authorization', 'Bearer token-of-somebody-else')));
    },
  },
];
