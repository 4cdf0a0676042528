import type { Random } from '@assay/core';
import { ConfigError } from '@assay/core';
import { isSecretName, MAX_SECRET_BYTES } from './box/limits.ts';
import type { KekRing } from './kek.ts';
import { openRow, type Place, sealRow } from './row.ts';

/** One version of one secret of one app. `iss` is one tenant and one environment. */
export interface SecretPlace {
  readonly iss: string;
  readonly app: string;
  readonly name: string;
  readonly version: number;
}

/**
 * Seals a value for the database.
 *
 * @throws ConfigError `secrets.value_too_large`, `secrets.name_invalid`: it could be stored but never delivered.
 */
export async function sealSecret(ring: KekRing, value: Uint8Array, at: SecretPlace, random: Random): Promise<string> {
  if (!isSecretName(at.name))
    throw new ConfigError('secrets.name_invalid', 'the name of the secret cannot be delivered');
  if (value.length > MAX_SECRET_BYTES) {
    throw new ConfigError('secrets.value_too_large', `secret ${at.name} is larger than ${MAX_SECRET_BYTES} bytes`);
  }
  return sealRow(ring, value, placeOf(at), random);
}

/** Opens a value of the database; see {@link openRow} for the errors. */
export async function openSecret(ring: KekRing, sealed: string, at: SecretPlace): Promise<Uint8Array> {
  return openRow(ring, sealed, placeOf(at));
}

const placeOf = ({ iss, app, name, version }: SecretPlace): Place => ['secret', iss, app, name, String(version)];
