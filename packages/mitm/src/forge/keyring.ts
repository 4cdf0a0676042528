import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mitmFault } from '../reasons.ts';
import { KEYS, type KeyName } from '../recipe.ts';
import { createKey, createP256, type LabKey, labKeyOf } from './keys.ts';

/** The keys of servers, each generated when it is first needed and the same from then on. */
export interface KeyRing {
  of(name: KeyName): Promise<LabKey>;
  /** Those that exist so far, as PKCS #8 PEM. A key that the user brought is not among them. */
  export(): Partial<Record<KeyName, string>>;
}

export interface KeyRingOptions {
  readonly kept: Partial<Record<KeyName, string>>;
  /** The user's own, in the place of `pinned`. */
  readonly leafKey: KeyObject | undefined;
}

const KINDS = new Map(KEYS.map(({ name, kind }) => [name, kind]));

/** Keys that nearly every case needs: they are there at once. */
const EAGER: readonly KeyName[] = ['pinned', 'backup', 'other'];

/** Raises mitm.lab_malformed, mitm.leaf_key_unusable. */
export function createKeyRing({ kept, leafKey }: KeyRingOptions): KeyRing {
  const own = leafKey && usersKey(leafKey);
  const made = new Map<KeyName, LabKey>();
  const coming = new Map<KeyName, Promise<LabKey>>();
  for (const { name } of KEYS) {
    const pem = kept[name];
    if (pem !== undefined) made.set(name, importKey(pem));
    else if (EAGER.includes(name)) made.set(name, createP256());
  }

  const make = async (name: KeyName): Promise<LabKey> => {
    const key = await createKey(KINDS.get(name) ?? 'p256');
    made.set(name, key);
    return key;
  };

  const of = (name: KeyName): Promise<LabKey> => {
    if (name === 'pinned' && own !== undefined) return Promise.resolve(own);
    const there = made.get(name);
    if (there !== undefined) return Promise.resolve(there);
    const key = coming.get(name) ?? make(name);
    coming.set(name, key);
    return key;
  };

  return {
    of,
    export: () => Object.fromEntries([...made].map(([name, { privateKey }]) => [name, toPkcs8(privateKey)])),
  };
}

function usersKey(leafKey: KeyObject): LabKey {
  const key = labKeyOf(leafKey);
  if (key === undefined)
    throw mitmFault('mitm.leaf_key_unusable', { found: leafKey.asymmetricKeyType ?? leafKey.type });
  return key;
}

/** A private key of a kept lab. Raises mitm.lab_malformed. */
export function importKey(pem: string): LabKey {
  try {
    const key = labKeyOf(createPrivateKey(pem));
    if (key !== undefined) return key;
  } catch (cause) {
    throw mitmFault('mitm.lab_malformed', {}, withoutKey(cause));
  }
  throw mitmFault('mitm.lab_malformed');
}

/** What node:crypto says of a key may quote it; its code does not. */
function withoutKey(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
}

export function toPkcs8(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' }).toString();
}
