import { thumbprint } from '@assay/tokens';
import { type Attack, assertReached } from '../attack.ts';
import {
  edited,
  forgedToken,
  headerIn,
  hmacOfPublicKey,
  malleated,
  nonceIn,
  ownKey,
  ownProof,
  unsecured,
} from '../craft.ts';
import type { Scene } from '../scene.ts';
import { byApi, heldCall, isProvenCall, listen, proofOf, tokenOf, usedCall, usual } from '../steps.ts';
import { payloadOf, textIn, type WireRequest, withHeader } from '../wire.ts';

const withToken = (request: WireRequest, token: string, scheme = 'DPoP'): WireRequest =>
  withHeader(request, 'authorization', `${scheme} ${token}`);

/** A held call with its token changed; its proof is good but for that. */
async function sendChanged(
  scene: Scene,
  change: (token: string) => string,
): Promise<Awaited<ReturnType<typeof byApi>>> {
  const held = await heldCall(scene);
  const token = change(tokenOf(held));
  assertReached(token !== tokenOf(held), 'the token is the same as before');
  return byApi(scene, await scene.send(withToken(held, token)));
}

/** A proof by the attacker's own key that is right in everything else. */
async function withOwnProof(scene: Scene, request: WireRequest, token: string, key = ownKey()): Promise<WireRequest> {
  const url = `https://${request.host}${request.target}`;
  const iat = Math.floor(scene.now() / 1000);
  const proof = { method: request.method, url, token, iat, nonce: nonceIn(proofOf(request)) };
  return withHeader(withToken(request, token), 'dpop', await ownProof(proof, key, scene.random));
}

/** Tokens that are copied and taken elsewhere. */
export const TOKEN_ATTACKS: readonly Attack[] = [
  {
    ...{ id: 'token-alone', title: 'A copied token without its proof', group: 'token', by: 'api' },
    does: 'Takes the token out of a call that was served and sends it on a connection of his own, without the proof.',
    stops: 'The token names the key that must prove itself.',
    ...{ codes: ['middleware.proof_missing'], protocol: [27], needs: ['capture'] },
    async run(scene) {
      const { request } = await usedCall(scene);
      return byApi(scene, await scene.send(withHeader(request, 'dpop')));
    },
  },
  {
    ...{ id: 'token-own-proof', title: "A copied token with a proof by the attacker's key", group: 'token', by: 'api' },
    does: 'Makes a proof of his own for the copied token, with the nonce that he has read.',
    stops: 'The thumbprint of the proving key must be the one in the token.',
    ...{ codes: ['tokens.proof_key_mismatch'], protocol: [27], needs: ['capture'] },
    async run(scene) {
      const { request } = await usedCall(scene);
      return byApi(scene, await scene.send(await withOwnProof(scene, request, tokenOf(request))));
    },
  },
  {
    ...{ id: 'token-other-host', title: 'A token at another API of the same issuer', group: 'token', by: 'api' },
    does: 'Sends a call that he held back, complete with its unused proof, to an API of somebody else.',
    stops: 'Each token names one API.',
    ...{ codes: ['tokens.token_audience_mismatch'], protocol: [], needs: ['hold', 'issuers'] },
    async run(scene) {
      const held = await heldCall(scene);
      return byApi(scene, await scene.send({ ...held, host: scene.hosts.partner }));
    },
  },
  {
    ...{
      id: 'token-other-environment',
      title: 'A token of a test environment in production',
      group: 'token',
      by: 'api',
    },
    does: 'Sends a call that he held back to the API of production, whose issuer is another environment.',
    stops: 'Every environment has an issuer name and keys of its own.',
    ...{
      codes: ['tokens.token_key_unknown', 'tokens.token_issuer_mismatch'],
      protocol: [25],
      needs: ['hold', 'issuers'],
    },
    async run(scene) {
      const held = await heldCall(scene);
      return byApi(scene, await scene.send({ ...held, host: scene.hosts.production }));
    },
  },
  {
    ...{ id: 'token-other-app', title: 'A token of another app of the same house', group: 'token', by: 'api' },
    does: 'Runs a genuine copy of an app that has less to prove, and points its calls at a route of the bank.',
    stops: 'The API lists the apps that may call it.',
    ...{ codes: ['tokens.token_app_refused'], protocol: [26], needs: ['victim'] },
    async run(scene) {
      const phone = await usual(scene, 'shop');
      const isCall = ({ host }: WireRequest) => host === scene.hosts.api;
      const { answer } = await listen(scene, isCall, () => phone.call({ target: scene.routes.read }));
      return byApi(scene, answer);
    },
  },
  {
    ...{ id: 'token-expired', title: 'A token after its end', group: 'token', by: 'api' },
    does: 'Holds back a call with its unused proof and sends it when the token has ended.',
    stops: 'A token lives for five minutes; clocks may differ by thirty seconds.',
    ...{ codes: ['tokens.token_expired'], protocol: [], needs: ['hold', 'clock'] },
    async run(scene) {
      const held = await heldCall(scene);
      const { exp, iat } = payloadOf(tokenOf(held));
      const life = typeof exp === 'number' && typeof iat === 'number' ? exp - iat : 3600;
      return scene.later(life + 60, async () => byApi(scene, await scene.send(held)));
    },
  },
  {
    ...{ id: 'token-revoked', title: 'A revoked token that the API remembers', group: 'token', by: 'api' },
    does: 'Goes on using a token that the API has verified and remembered, after an operator revoked it.',
    stops: 'Revocation is asked for on every request, also for remembered tokens.',
    ...{ codes: ['middleware.revoked'], protocol: [], needs: ['victim', 'operator'] },
    async run(scene) {
      const victim = await scene.victim();
      const call = () => victim.call({ target: scene.routes.read });
      const { request } = await listen(scene, isProvenCall, call);
      await scene.revoke(textIn(payloadOf(tokenOf(request)), 'jti') ?? '');
      return byApi(scene, (await listen(scene, isProvenCall, call)).answer);
    },
  },
];

/** Tokens that are made into something else. */
export const SHAPE_ATTACKS: readonly Attack[] = [
  {
    ...{ id: 'shape-bearer', title: 'A bound token as a bearer', group: 'shape', by: 'api' },
    does: 'Sends the copied token under `Bearer`, the scheme that asks for no proof.',
    stops: 'A token that names a key is taken with its proof alone.',
    ...{ codes: ['tokens.token_bound_as_bearer'], protocol: [27], needs: ['capture'] },
    async run(scene) {
      const { request } = await usedCall(scene);
      return byApi(scene, await scene.send(withToken(withHeader(request, 'dpop'), tokenOf(request), 'Bearer')));
    },
  },
  {
    ...{ id: 'shape-no-key', title: 'The key struck out of the token', group: 'shape', by: 'api' },
    does: 'Takes `cnf` out of the token, so that it names no key, and sends it under `Bearer`.',
    stops: 'Every claim is signed.',
    ...{ codes: ['tokens.token_signature_invalid'], protocol: [27], needs: ['capture'] },
    async run(scene) {
      const { request } = await usedCall(scene);
      const token = edited(tokenOf(request), { payload: { cnf: undefined } });
      return byApi(scene, await scene.send(withToken(withHeader(request, 'dpop'), token, 'Bearer')));
    },
  },
  {
    ...{ id: 'shape-own-key', title: "The attacker's key put into the token", group: 'shape', by: 'api' },
    does: 'Writes his own thumbprint into `cnf` and adds a proof by that key.',
    stops: 'Every claim is signed.',
    ...{ codes: ['tokens.token_signature_invalid'], protocol: [], needs: ['capture'] },
    async run(scene) {
      const { request } = await usedCall(scene);
      const key = ownKey();
      const token = edited(tokenOf(request), { payload: { cnf: { jkt: thumbprint(key.publicJwk) } } });
      return byApi(scene, await scene.send(await withOwnProof(scene, request, token, key)));
    },
  },
  {
    ...{ id: 'shape-other-install', title: 'A token in the name of another install', group: 'shape', by: 'api' },
    does: 'Writes the pseudonym of another install into the token of a call that he held back.',
    stops: 'Every claim is signed.',
    ...{ codes: ['tokens.token_signature_invalid'], protocol: [], needs: ['hold'] },
    run: (scene) => sendChanged(scene, (token) => edited(token, { payload: { iid: 'A'.repeat(22) } })),
  },
  {
    ...{ id: 'shape-longer', title: 'A token that lives longer', group: 'shape', by: 'api' },
    does: 'Moves the end of the token by a year.',
    stops: 'Every claim is signed.',
    ...{ codes: ['tokens.token_signature_invalid'], protocol: [], needs: ['hold'] },
    run: (scene) => {
      const exp = Math.floor(scene.now() / 1000) + 365 * 86_400;
      return sendChanged(scene, (token) => edited(token, { payload: { exp } }));
    },
  },
  {
    ...{ id: 'shape-none', title: 'A token with `alg: none`', group: 'shape', by: 'api' },
    does: 'Says in the header that the token is not signed, and sends no signature.',
    stops: 'One algorithm is taken, and the signature has its length.',
    ...{ codes: ['tokens.token_malformed'], protocol: [], needs: ['hold'] },
    run: (scene) => sendChanged(scene, unsecured),
  },
  {
    ...{ id: 'shape-hmac', title: 'A token signed with the public key as a secret', group: 'shape', by: 'api' },
    does: 'Names an HMAC in the header and makes it with the published key, which a careless verifier would take.',
    stops: 'The header does not choose the algorithm.',
    ...{ codes: ['tokens.token_type_refused', 'tokens.token_malformed'], protocol: [], needs: ['hold'] },
    async run(scene) {
      const jwks = await scene.send(jwksRequest(scene));
      return sendChanged(scene, (token) => hmacOfPublicKey(token, new TextDecoder().decode(jwks.body)));
    },
  },
  {
    ...{
      id: 'shape-forged',
      title: "A token by the attacker's key under the issuer's key name",
      group: 'shape',
      by: 'api',
    },
    does: 'Signs the same claims with his own key and names the real one.',
    stops: 'The signature is verified by the key that the issuer publishes under that name.',
    ...{ codes: ['tokens.token_signature_invalid'], protocol: [], needs: ['hold'] },
    run: (scene) => sendChanged(scene, (token) => forgedToken(token, ownKey(), { kid: `${headerIn(token)['kid']}` })),
  },
  {
    ...{ id: 'shape-key-inside', title: 'A token that brings its own key', group: 'shape', by: 'api' },
    does: 'Signs the same claims with his own key and names an address in the header from which it can be fetched.',
    stops: 'A header has three members; none of them names a key elsewhere.',
    ...{ codes: ['tokens.token_malformed'], protocol: [], needs: ['hold'] },
    run: (scene) =>
      sendChanged(scene, (token) => forgedToken(token, ownKey(), { jku: `https://${scene.hosts.attacker}/jwks` })),
  },
  {
    ...{ id: 'shape-other-type', title: 'A token of another kind', group: 'shape', by: 'api' },
    does: 'Puts the token that the app uses at another API, where it stands in a header of its own, into `Authorization`.',
    stops: 'Each place takes one type of token.',
    ...{ codes: ['tokens.token_type_refused'], protocol: [], needs: ['hold', 'victim'] },
    async run(scene) {
      const victim = await usual(scene);
      const order = { target: scene.routes.read, at: 'wallet', user: 'user-of-the-phone' } as const;
      const { request } = await listen(scene, isProvenCall, () => victim.call(order));
      const token = request.headers.find(([name]) => name.toLowerCase() === 'oauth-client-attestation')?.[1] ?? '';
      return sendChanged(scene, () => token);
    },
  },
  {
    ...{ id: 'shape-malleated', title: 'The same token with another valid signature', group: 'shape', by: 'api' },
    does: 'Turns the signature (r, s) into (r, n - s), which verifies as well, to pass the token off as a new one.',
    stops: 'The proof names the token by the hash of all its characters.',
    ...{ codes: ['tokens.proof_token_mismatch'], protocol: [34], needs: ['hold'] },
    run: (scene) => sendChanged(scene, malleated),
  },
];

const jwksRequest = (scene: Scene): WireRequest => ({
  ...{ host: scene.hosts.issuer, method: 'GET', target: `${new URL(scene.issuer).pathname}/v1/jwks` },
  ...{ headers: [], body: new Uint8Array() },
});
