import type { CertificateName, Recipe, StapleRecipe, TimestampsRecipe } from '../recipe.ts';
import type { Forged } from '../stage.ts';
import type { Minted } from './certificate.ts';
import { type Chain, certificateOf, issuerOf, type Logged, partyOf, pathOf } from './chain.ts';
import { wholeNumber } from './extensions.ts';
import { certificateEntry, type Logs, precertificateEntry } from './logs.ts';
import { HOUR } from './spans.ts';
import { mintStaple, type Responder, TRY_LATER } from './staple.ts';

/** Makes a recipe into bytes. Raises mitm.recipe_unforgeable. */
export async function forgeRecipe(recipe: Recipe, chain: Chain, logs: Logs): Promise<Forged> {
  const { embedded, delivered } = timestampsBy(logs, chain);
  const leaf = await certificateOf('leaf', chain, embedded);
  const { key } = await partyOf('leaf', chain);
  const staple = await stapleOf(recipe.staple, leaf, chain);
  const timestamps = delivered?.(leaf);
  return {
    chain: await Promise.all(sentBy(recipe).map(async (place) => (await sent(place, leaf, chain)).der)),
    key: key.privateKey,
    ...(staple && { staple }),
    ...(timestamps && { timestamps }),
    tls: recipe.tls ?? {},
    http: recipe.http ?? {},
    ...(recipe.raw && { raw: recipe.raw }),
  };
}

/** More than a Certificate message holds (RFC 8446 4.4.2: 2^24 − 1 octets). */
const MOST_STRANGERS = 10_000;

function sentBy({ chain = {} }: Recipe): readonly CertificateName[] {
  const strangers = Math.min(wholeNumber('strangers', chain.strangers ?? 0), MOST_STRANGERS);
  return [...(chain.send ?? pathOf(chain)), ...Array.from({ length: strangers }, () => 'stranger' as const)];
}

/** The leaf is one and the same wherever it is sent: staples and timestamps are about it. */
async function sent(place: CertificateName, leaf: Minted, chain: Chain): Promise<Minted> {
  return place === 'leaf' ? leaf : certificateOf(place, chain);
}

interface Timestamping {
  readonly embedded?: Logged;
  readonly delivered?: (leaf: Minted) => Uint8Array;
}

/** Logs stamp an hour ago: a timestamp is in the past also where the certificate is not valid yet. */
function timestampsBy(logs: Logs, { recipe, at }: Chain): Timestamping {
  const { by = 'none', fault = 'none' }: Partial<TimestampsRecipe> = recipe.leaf?.timestamps ?? {};
  const stamp = (entry: Uint8Array): Uint8Array => logs.timestamps(entry, at - HOUR, fault);
  if (by === 'embedded') return { embedded: (tbs, issuer) => stamp(precertificateEntry(tbs, issuer.key)) };
  return by === 'handshake' ? { delivered: ({ der }) => stamp(certificateEntry(der)) } : {};
}

async function stapleOf(recipe: StapleRecipe | undefined, leaf: Minted, chain: Chain): Promise<Uint8Array | undefined> {
  if (recipe === undefined || recipe.status === 'none') return undefined;
  if (recipe.status === 'try-later') return TRY_LATER;
  const issuer = await partyOf(issuerOf('leaf', chain.recipe), chain);
  const responder = recipe.fault === 'foreign-responder' ? await foreignResponder(chain) : { party: issuer };
  return mintStaple(recipe.status, { fault: recipe.fault, serial: leaf.serial, issuer, responder, at: chain.at });
}

/** An authority that clients do not know, with its certificate: the issuer of the leaf appointed it for nothing. */
async function foreignResponder(chain: Chain): Promise<Responder> {
  const unknown: Chain = { ...chain, recipe: { authority: 'unknown' } };
  const [party, { der }] = await Promise.all([
    partyOf('intermediate', unknown),
    certificateOf('intermediate', unknown),
  ]);
  return { party, certificate: der };
}
