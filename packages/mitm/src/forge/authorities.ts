import { toHex } from '@assay/formats';
import type { CertificateName, ChainRecipe } from '../recipe.ts';
import { createKey, createP256, type LabKey } from './keys.ts';
import { nameOf } from './names.ts';
import type { Party } from './party.ts';

export type AuthorityName = NonNullable<ChainRecipe['authority']>;

/** Places whose name and key are the authority's own and the same in every case. */
export type AuthorityPlace = Exclude<CertificateName, 'leaf' | 'genuine'>;

/** The parties of the three hierarchies, each made when it is first needed and the same from then on. */
export interface Authorities {
  /** The one that clients trust. */
  readonly root: Party;
  /** `rsa` for an issuer that has to sign with MD5, which ECDSA cannot. */
  party(authority: AuthorityName, place: AuthorityPlace, kind?: 'p256' | 'rsa'): Promise<Party>;
}

/** What a place is called, and whose name and key identifier it takes, if not its own. */
const PLACES: Readonly<Record<AuthorityPlace, { readonly title: string; readonly named?: AuthorityPlace }>> = {
  root: { title: 'Root' },
  'upper-intermediate': { title: 'Upper' },
  intermediate: { title: 'Intermediate' },
  'second-intermediate': { title: 'Second' },
  'impostor-intermediate': { title: 'Intermediate', named: 'intermediate' },
  'cross-intermediate': { title: 'Intermediate' },
  'expired-root': { title: 'Root' },
  'end-entity': { title: 'end-entity.invalid' },
  stranger: { title: 'stranger.invalid' },
};

/** Certificates of the same name and key as another's: one party, two certificates. */
export const SAME_PARTY: Readonly<Partial<Record<CertificateName, AuthorityPlace>>> = {
  'cross-intermediate': 'intermediate',
  'expired-root': 'root',
};

const TAG_OCTETS = 4;

/** Names carry part of the root's key identifier: a device that trusts two labs keeps them apart by name. */
export function createAuthorities(rootKey: LabKey): Authorities {
  const tag = toHex(rootKey.id.subarray(0, TAG_OCTETS));
  const root = partyNamed(titleOf('lab', 'root', tag), rootKey);
  const parties = new Map([['lab/root/p256', Promise.resolve(root)]]);

  const party: Authorities['party'] = (authority, place, kind = 'p256') => {
    const own = SAME_PARTY[place] ?? place;
    const id = `${authority}/${own}/${kind}`;
    const made = parties.get(id) ?? create(authority, own, kind);
    parties.set(id, made);
    return made;
  };

  const create = async (authority: AuthorityName, place: AuthorityPlace, kind: 'p256' | 'rsa'): Promise<Party> => {
    const key = kind === 'rsa' ? await createKey('rsa-2048') : createP256();
    const keyId = (await impersonated(authority, place))?.keyId;
    return partyNamed(titleOf(authority, place, tag), key, keyId);
  };

  /** Whose key identifier is taken: an impostor has the name and the identifier, and not the key. */
  const impersonated = (authority: AuthorityName, place: AuthorityPlace): Promise<Party> | undefined => {
    if (authority === 'impostor') return party('lab', place);
    const named = PLACES[place].named;
    return named && party(authority, named);
  };

  return { root, party };
}

function partyNamed(commonName: string, key: LabKey, keyId: Uint8Array = key.id): Party {
  return { commonName, name: nameOf(commonName), key, keyId };
}

function titleOf(authority: AuthorityName, place: AuthorityPlace, tag: string): string {
  const { title } = PLACES[place];
  if (title.endsWith('.invalid')) return title;
  return authority === 'unknown' ? `Unknown ${title} ${tag}` : `Assay Lab ${title} ${tag}`;
}
