import { type JsonValue, parseStrictJson, utf8 } from '@assay/formats';
import { type EcJwk, ecJwk, identityOf, ROLES, type Role, type RoleName } from './keys.ts';
import { appId, counter, envName, KID, kid, MAX_DOCUMENT_BYTES, MAX_KEYS, seconds } from './limits.ts';
import { exactly, listOf, malformed, mapOf, oneOf, type Reader, whole } from './shape.ts';

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

const roleJson: Reader<RoleJson> = (value, path) => {
  const { kids, m } = exactly(value, path, ['kids', 'm']);
  return { kids: listOf(kid, MAX_KEYS, String)(kids, `${path}.kids`), m: whole(1, MAX_KEYS)(m, `${path}.m`) };
};

/**
 * Reads the payload of a root document. Refuses roles that can never reach their threshold with distinct keys, and keys
 * that stand in two roles: a server that holds the reply key could otherwise mint pins.
 *
 * @throws RequestError `pins.document_malformed`, or a format's code.
 */
export function parseRoot(payload: Uint8Array): RootDocument {
  const json = parseStrictJson(payload, { maxBytes: MAX_DOCUMENT_BYTES, maxDepth: 5 });
  const members = exactly(json, '$', ['_', 'app', 'env', 'v', 'epoch', 'iat', 'exp', 'keys', 'roles']);
  const { _, app, env, v, epoch, iat, exp, keys, roles } = members;
  oneOf(KIND)(_, '$._');
  const document = {
    app: appId(app, '$.app'),
    env: envName(env, '$.env'),
    v: counter(v, '$.v'),
    epoch: counter(epoch, '$.epoch'),
    iat: seconds(iat, '$.iat'),
    exp: seconds(exp, '$.exp'),
    roles: parseRoles(roles, mapOf(KID, ecJwk, MAX_KEYS)(keys, '$.keys')),
  };
  if (document.exp <= document.iat) malformed('$.exp', 'later than iat');
  return document;
}

function parseRoles(value: JsonValue | undefined, keys: ReadonlyMap<string, EcJwk>): RootDocument['roles'] {
  const { root, pins, reply } = exactly(value, '$.roles', ROLES);
  const roles = {
    root: roleOf(root, '$.roles.root', keys),
    pins: roleOf(pins, '$.roles.pins', keys),
    reply: roleOf(reply, '$.roles.reply', keys),
  };
  const identities = ROLES.flatMap((name) => [...identitiesOf(roles[name])]);
  if (new Set(identities).size !== identities.length) malformed('$.roles', 'roles of which no two share a key');
  if (roles.reply.threshold !== 1) malformed('$.roles.reply.m', '1, since one key signs a reply');
  return roles;
}

function roleOf(value: JsonValue | undefined, path: string, keys: ReadonlyMap<string, EcJwk>): Role {
  const { kids, m } = roleJson(value, path);
  const listed = kids.map((each) => [each, keys.get(each) ?? malformed(`${path}.kids`, 'ids of listed keys')] as const);
  const role = { keys: new Map(listed), threshold: m };
  if (identitiesOf(role).size < m) malformed(`${path}.m`, 'at most the number of different keys');
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
