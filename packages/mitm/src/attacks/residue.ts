// What whoever opens the channel sees in spite of every refusal: read out of what passed, never written by hand.
import type { Scene } from './scene.ts';
import {
  type Captured,
  headerOf,
  isMembers,
  type Members,
  membersIn,
  membersOf,
  payloadOf,
  textIn,
  textOf,
} from './wire.ts';

/** One kind of thing that the attacker read. Values are never kept. */
export interface Seen {
  readonly what: string;
  readonly count: number;
  /** Names of members, hosts, headers: as they were read. */
  readonly names: readonly string[];
  /** What it is good for, computed where it could be. */
  readonly worth: string;
}

export interface Residue {
  readonly exchanges: number;
  readonly hosts: readonly string[];
  readonly seen: readonly Seen[];
}

/** Everything that was readable in these exchanges. */
export function residueOf(exchanges: readonly Captured[], scene: Pick<Scene, 'hosts'>): Residue {
  const hosts = [...new Set(exchanges.map(({ request }) => request.host))].toSorted();
  const { issuer } = scene.hosts;
  const calls = exchanges.filter(({ request }) => request.host !== issuer);
  const asked = exchanges.filter(({ request }) => request.host === issuer);
  const rows = [plaintext(calls), tokens(calls), proofs(calls), statements(asked), replies(asked), boxes(asked)];
  return { exchanges: exchanges.length, hosts, seen: rows.filter(({ count }) => count > 0) };
}

function plaintext(calls: readonly Captured[]): Seen {
  const bodies = calls.flatMap(({ request, answer }) => [request, answer]).filter(({ body }) => body.length > 0);
  return {
    ...{ what: 'requests and answers of the API, in plain text', count: bodies.length },
    names: namesIn(bodies.map((message) => membersOf(textOf(message)))),
    worth: 'all of it is readable: what must not be read here is sealed by the app, or not sent',
  };
}

const tokenIn = ({ request }: Captured): string | undefined =>
  headerOf(request, 'oauth-client-attestation') ?? headerOf(request, 'authorization')?.split(' ')[1];

function tokens(calls: readonly Captured[]): Seen {
  const read = [...new Set(calls.map(tokenIn).filter((token) => token?.startsWith('eyJ')))].map((token) => token ?? '');
  const claims = read.map(payloadOf).filter((each) => typeof each['exp'] === 'number');
  const bound = claims.filter((each) => isMembers(each['cnf'])).length;
  const life = Math.max(0, ...claims.map(({ exp, iat }) => Number(exp) - Number(iat)));
  return {
    ...{ what: 'attestation tokens', count: claims.length, names: namesIn(claims) },
    worth: `${bound} of ${claims.length} name a key that the attacker lacks, none lives longer than ${life} seconds`,
  };
}

function proofs(calls: readonly Captured[]): Seen {
  const read = calls.map(({ request }) => headerOf(request, 'dpop')).filter((proof) => proof !== undefined);
  const claims = read.map(payloadOf);
  const once = new Set(claims.map(({ jti }) => jti)).size;
  const whole = claims.filter(({ qry_h: query, bod_h: body }) => query !== undefined && body !== undefined).length;
  return {
    ...{ what: 'proofs of possession', count: read.length, names: namesIn(claims) },
    worth: `${once} names, each good for one call at one address; ${whole} of ${read.length} name its query and body too`,
  };
}

/** The app, its version, the phone's system, what it looked like: metadata. */
function statements(asked: readonly Captured[]): Seen {
  const read = asked
    .map(({ request }) => textIn(membersOf(textOf(request)), 'request'))
    .filter((text) => text !== undefined);
  const said = read.map(payloadOf);
  return {
    ...{ what: 'statements with evidence', count: read.length },
    names: namesIn([...said, ...said.map((each) => membersIn(each, 'claims'))]),
    worth:
      'metadata: app, version, system, kinds of evidence, hardware certificates; one challenge each, redeemed once',
  };
}

function replies(asked: readonly Captured[]): Seen {
  const said = asked.map(({ answer }) => payloadOf(textOf(answer))).filter((each) => each['rqh'] !== undefined);
  const refused = said.filter(({ result }) => result === 'refused').length;
  return {
    ...{ what: 'signed replies', count: said.length, names: namesIn(said) },
    worth: `the verdict can be read (${refused} refusals), pins too; each is for one key and one request`,
  };
}

function boxes(asked: readonly Captured[]): Seen {
  const held = asked.map(({ answer }) => membersIn(payloadOf(textOf(answer)), 'secrets'));
  const all = held.flatMap((each) => Object.values(each));
  const lengths = new Set(all.map((box) => `${box}`.length)).size;
  return {
    ...{ what: 'sealed secrets', count: all.length, names: namesIn(held) },
    worth: `names and ${lengths} different lengths; what is inside is sealed to a key that never leaves the app`,
  };
}

/** What is longer, or written otherwise, is a value that somebody uses for a name. */
const NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/;

const namesIn = (all: readonly Members[]): readonly string[] =>
  [...new Set(all.flatMap((each) => Object.keys(each)))].filter((name) => NAME.test(name)).toSorted();
