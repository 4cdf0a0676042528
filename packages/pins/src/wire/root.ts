import { parseStrictJson, utf8 } from '@assay/formats';
import { distinct, type EcJwk, ecJwk, integer, misfit, object, oneOf, type Reader, table } from '@assay/formats/shape';
import { reading } from './fault.ts';
import { identityOf, ROLES, type Role, type RoleName } from './keys.ts';
import { appId, counter, envName, kid, MAX_DOCUMENT_BYTES, MAX_KEYS, seconds } from './limits.ts';

/**
 * Who may sign what for one app in one environment. The app carries one at build time and follows its successors.
 * Raising `epoch` starts the versions of pin sets anew: the answer to a stolen pins key that signed a huge version.
 */
export interface RootDocument {
  readonly app: string;
  readonly env: string;
  readonly v: number;
  readonly epoch: number;
  /** Seconds since the epoch. */
  readonly iat: number;
  readonly exp: number;
  readonly roles: Readonly<Record<RoleName, Role>>;
}

interface RoleJson {
  readonly kids: readonly string[];
  readonly m: number;
}

const KIND = 'assay-root/1';

const roleJson: Reader<RoleJson> = object({ kids: distinct(kid, MAX_KEYS, 1), m: integer(1, MAX_KEYS) });
const readDocument = object({
  _: oneOf([KIND]),
  app: appId,
  env: envName,
  v: counter,
  epoch: counter,
  iat: seconds,
  exp: seconds,
  keys: table(kid, ecJwk, MAX_KEYS, 1),
  roles: object({ root: roleJson, pins: roleJson, reply: roleJson }),
});

/**
 * Reads the payload of a root document. Refuses roles that can never reach their threshold with distinct keys, and keys
 * that stand in two roles: a server that holds the reply key could otherwise mint pins.
 *
 * @throws RequestError `pins.document_malformed`, or a format's code.
 */
export function parseRoot(payload: Uint8Array): RootDocument {
  return reading(() => {
    const json = parseStrictJson(payload, { maxBytes: MAX_DOCUMENT_BYTES, maxDepth: 5 });
    const { _, keys, roles, ...head } = readDocument(json, '$');
    if (head.exp <= head.iat) misfit('$.exp', 'later than iat');
    return { ...head, roles: toRoles(roles, new Map(Object.entries(keys))) };
  });
}

function toRoles(
  { root, pins, reply }: Readonly<Record<RoleName, RoleJson>>,
  keys: ReadonlyMap<string, EcJwk>,
): RootDocument['roles'] {
  const roles = {
    root: toRole(root, '$.roles.root', keys),
    pins: toRole(pins, '$.roles.pins', keys),
    reply: toRole(reply, '$.roles.reply', keys),
  };
  const identities = ROLES.flatMap((name) => [...identitiesOf(roles[name])]);
  if (new Set(identities).size !== identities.length) misfit('$.roles', 'roles of which no two share a key');
  if (roles.reply.threshold !== 1) misfit('$.roles.reply.m', '1, since one key signs a reply');
  return roles;
}

function toRole({ kids, m }: RoleJson, path: string, keys: ReadonlyMap<string, EcJwk>): Role {
  const listed = kids.map((each) => [each, keys.get(each) ?? misfit(`${path}.kids`, 'ids of listed keys')] as const);
  const role = { keys: new Map(listed), threshold: m };
  if (identitiesOf(role).size < m) misfit(`${path}.m`, 'at most the number of different keys');
  return role;
}

const identitiesOf = (role: Role): Set<string> => new Set([...role.keys.values()].map(identityOf));

/** The payload of a root document, ready to be signed. */
export function toRootPayload({ app, env, v, epoch, iat, exp, roles }: RootDocument): Uint8Array {
  const keys = Object.fromEntries(ROLES.flatMap((name) => [...roles[name].keys]));
  const role = ({ keys: held, threshold }: Role): RoleJson => ({ kids: [...held.keys()], m: threshold });
  const listed = { root: role(roles.root), pins: role(roles.pins), reply: role(roles.reply) };
  return utf8(JSON.stringify({ _: KIND, app, env, v, epoch, iat, exp, keys, roles: listed }));
}
