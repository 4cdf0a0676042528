// Pin sets and root documents as an attacker would make them out of published ones.
import { createHash } from 'node:crypto';
import { toBase64url, utf8 } from '@assay/formats';
import type { RootDocument } from '@assay/pins/wire';
import type { SigningKey } from '@assay/tokens';
import { type Members, membersOf, textIn } from './wire.ts';

const HOUR = 3600;
const YEAR = 365 * 24 * HOUR;

/** A newer set than the published one, with pins of the attacker's for every host. */
function ownSet(published: string): Members {
  const set = payloadIn(published);
  const hosts = Array.isArray(set['hosts']) ? set['hosts'] : [];
  const spki = ['one', 'two'].map((text) => createHash('sha256').update(text).digest('base64'));
  return { ...set, v: Number(set['v']) + 1, hosts: hosts.map((host: Members) => ({ ...host, spki })) };
}

/** The payload of a signed document, as anybody can read it. */
function payloadIn(document: string): Members {
  const payload = textIn(membersOf(document), 'payload') ?? '';
  return membersOf(Buffer.from(payload, 'base64url').toString());
}

export function unsignedSet(published: string): string {
  return JSON.stringify({ payload: toBase64url(utf8(JSON.stringify(ownSet(published)))), signatures: [] });
}

/** The set of the attacker's, signed by his own key under the name of the real one. */
export function signedByAnother(published: string, key: SigningKey): string {
  const payload = toBase64url(utf8(JSON.stringify(ownSet(published))));
  const { signatures } = membersOf(published);
  const [first]: readonly Members[] = Array.isArray(signatures) ? signatures : [];
  const header = textIn(first ?? {}, 'protected') ?? '';
  const signature = toBase64url(key.sign(utf8(`${header}.${payload}`)));
  return JSON.stringify({ payload, signatures: [{ protected: header, signature }] });
}

/** A successor to the root document of the app whose every key is the attacker's. */
export function rootOf(
  published: string,
  keys: Readonly<Record<'root' | 'pins' | 'reply', SigningKey>>,
  now: number,
): RootDocument {
  const { app, env } = payloadIn(published);
  const iat = Math.floor(now / 1000);
  const role = ({ kid, publicJwk }: SigningKey) => ({ keys: new Map([[kid, publicJwk]]), threshold: 1 });
  return {
    ...{ app: `${app}`, env: `${env}`, v: 2, epoch: 1, iat, exp: iat + YEAR },
    roles: { root: role(keys.root), pins: role(keys.pins), reply: role(keys.reply) },
  };
}
