import type { CertificateName, Recipe } from '../recipe.ts';
import type { Forged } from '../stage.ts';
import type { Minted } from './certificate.ts';
import { type Chain, certificateOf, partyOf, pathOf } from './chain.ts';
import { wholeNumber } from './extensions.ts';

/** Makes a recipe into bytes. Raises mitm.recipe_unforgeable. */
export async function forgeRecipe(recipe: Recipe, chain: Chain): Promise<Forged> {
  const leaf = await certificateOf('leaf', chain);
  const certificates = await Promise.all(
    sentBy(recipe).map((place) => (place === 'leaf' ? leaf : certificateOf(place, chain))),
  );
  const { key } = await partyOf('leaf', chain);
  return {
    chain: certificates.map(({ der }: Minted) => der),
    key: key.privateKey,
    tls: recipe.tls ?? {},
    http: recipe.http ?? {},
    ...(recipe.raw && { raw: recipe.raw }),
  };
}

/** More than a Certificate message can hold (RFC 8446 4.4.2: 2^24 − 1 octets). */
const MOST_STRANGERS = 10_000;

function sentBy({ chain = {} }: Recipe): readonly CertificateName[] {
  const strangers = Math.min(wholeNumber('strangers', chain.strangers ?? 0), MOST_STRANGERS);
  return [...(chain.send ?? pathOf(chain)), ...Array.from({ length: strangers }, () => 'stranger' as const)];
}
