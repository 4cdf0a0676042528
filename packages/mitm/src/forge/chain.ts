import type { Random } from '@assay/core';
import type { CertificateName, CertificateRecipe, ChainRecipe } from '../recipe.ts';
import { type Authorities, type AuthorityName, type AuthorityPlace, SAME_PARTY } from './authorities.ts';
import { type CertificateOrder, type Minted, mintCertificate, SERIAL_OCTETS } from './certificate.ts';
import { fillTemplate } from './hosts.ts';
import type { KeyRing } from './keyring.ts';
import { nameOf, unsortedNameOf } from './names.ts';
import type { Party } from './party.ts';
import { completed, ROLES, recipeOf, serverCommonName } from './roles.ts';
import { spanMs } from './spans.ts';

/** What every chain of a lab is made from. */
export interface ChainSource {
  readonly authorities: Authorities;
  readonly keys: KeyRing;
  readonly random: Random;
  /** The life of authorities, epoch milliseconds. */
  readonly period: Period;
  /** Certificates of authorities by subject and issuer: they are the same in nearly every chain. */
  readonly minted: WeakMap<Party, WeakMap<Party, Minted>>;
}

export interface Period {
  readonly notBefore: number;
  readonly notAfter: number;
}

export interface Chain {
  readonly source: ChainSource;
  readonly recipe: ChainRecipe;
  readonly host: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The chain that a correct client accepts, for the same host and time. */
function validChain(chain: Chain): Chain {
  return { ...chain, recipe: {} };
}

/** Who certifies a place; a place that signs itself is its own issuer. */
export function issuerOf(place: CertificateName, recipe: ChainRecipe): CertificateName {
  const role = place === 'intermediate' && recipe.depth === 2 ? 'upper-intermediate' : ROLES[place].issuer;
  const issuer = recipeOf(place, recipe)?.issuer ?? role;
  return issuer === 'self' ? place : issuer;
}

const ROOTS: readonly CertificateName[] = ['root', 'expired-root'];

/** The leaf and its issuers up to the root, which is not sent; it ends early where they go in a circle. */
export function pathOf(recipe: ChainRecipe): readonly CertificateName[] {
  const path: CertificateName[] = ['leaf'];
  for (
    let next = issuerOf('leaf', recipe);
    !path.includes(next) && !ROOTS.includes(next);
    next = issuerOf(next, recipe)
  ) {
    path.push(next);
  }
  return path;
}

/** The name and key of a place. Names and keys come before certificates, so that any place may issue for any other. */
export async function partyOf(place: CertificateName, chain: Chain): Promise<Party> {
  if (place === 'genuine') return partyOf('leaf', validChain(chain));
  if (place === 'leaf') return leafParty(chain);
  const own = SAME_PARTY[place] ?? place;
  const made = await chain.source.authorities.party(authorityOf(own, chain), own, keyKind(own, chain.recipe));
  const recipe = recipeOf(own, chain.recipe);
  return recipe === undefined ? made : differing(made, recipe, chain);
}

async function leafParty({ source, recipe: { leaf = {} }, host }: Chain): Promise<Party> {
  const key = await source.keys.of(leaf.key ?? 'pinned');
  const commonName = serverCommonName(leaf, host);
  return { commonName, name: encodedName(commonName, leaf), key, keyId: key.id };
}

/** An impostor keeps the key identifier whatever its key. */
async function differing(
  made: Party,
  recipe: CertificateRecipe,
  { source, recipe: chain, host }: Chain,
): Promise<Party> {
  const commonName = recipe.commonName === undefined ? made.commonName : fillTemplate(recipe.commonName, host);
  const key = recipe.key === undefined ? made.key : await source.keys.of(recipe.key);
  const keyId = chain.authority === 'impostor' || key === made.key ? made.keyId : key.id;
  return { commonName, name: encodedName(commonName, recipe), key, keyId };
}

function encodedName(commonName: string, { encoding }: CertificateRecipe): Uint8Array {
  return encoding === 'unsorted-set' ? unsortedNameOf(commonName) : nameOf(commonName);
}

function authorityOf(place: CertificateName, { recipe }: Chain): AuthorityName {
  return place === 'stranger' ? 'unknown' : (recipe.authority ?? 'lab');
}

const WITH_OWN_HASH: readonly CertificateName[] = ['leaf', 'intermediate', 'upper-intermediate'];

/** RSA for whoever signs with MD5, which has no identifier with ECDSA. The key that clients trust cannot change. */
function keyKind(place: AuthorityPlace, recipe: ChainRecipe): 'p256' | 'rsa' {
  if (place === 'root') return 'p256';
  const signsMd5 = WITH_OWN_HASH.some(
    (child) => recipeOf(child, recipe)?.hash === 'md5' && issuerOf(child, recipe) === place,
  );
  return signsMd5 ? 'rsa' : 'p256';
}

/** Has a leaf logged: what logs sign of it, and who issues it; returns their timestamps. */
export type Logged = (tbs: Uint8Array, issuer: Party) => Uint8Array;

/** The certificate of a place. Raises mitm.recipe_unforgeable. */
export async function certificateOf(place: CertificateName, chain: Chain, logged?: Logged): Promise<Minted> {
  if (place === 'genuine') return certificateOf('leaf', validChain(chain));
  const [subject, issuer] = await Promise.all([partyOf(place, chain), partyOf(issuerOf(place, chain.recipe), chain)]);
  const isCommon = ROLES[place].kind === 'authority' && recipeOf(place, chain.recipe) === undefined;
  return isCommon ? remembered(place, subject, issuer, chain) : mintPlace(place, subject, issuer, chain, logged);
}

function remembered(place: CertificateName, subject: Party, issuer: Party, chain: Chain): Minted {
  const { minted } = chain.source;
  const ofSubject = minted.get(subject) ?? new WeakMap<Party, Minted>();
  const certificate = ofSubject.get(issuer) ?? mintPlace(place, subject, issuer, chain);
  minted.set(subject, ofSubject.set(issuer, certificate));
  return certificate;
}

function mintPlace(place: CertificateName, subject: Party, issuer: Party, chain: Chain, logged?: Logged): Minted {
  const { source, host } = chain;
  const recipe = completed(ROLES[place].kind, recipeOf(place, chain.recipe) ?? {}, host, subject.key);
  const period = periodOf(recipe, chain);
  const order: CertificateOrder = { recipe, host, subject, issuer, ...period, random: source.random(SERIAL_OCTETS) };
  if (logged === undefined) return mintCertificate(order);
  return mintCertificate({ ...order, logged: (tbs) => logged(tbs, issuer) });
}

function periodOf({ notBefore, notAfter }: CertificateRecipe, { source, at }: Chain): Period {
  return {
    notBefore: notBefore === undefined ? source.period.notBefore : at + spanMs(notBefore),
    notAfter: notAfter === undefined ? source.period.notAfter : at + spanMs(notAfter),
  };
}
