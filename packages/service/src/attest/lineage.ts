import { concat, parseBase64url, readUint32, toBase64url } from '@assay/formats';
import type { Service } from '../context.ts';
import { hmacOf } from '../keys/hmac.ts';
import type { IssuerKeys } from '../keys/issuer-keys.ts';
import { networkShareOf } from '../networks.ts';
import type { AttestedKey } from './pieces/finding.ts';
import type { Caller } from './situation.ts';

const SEED_BYTES = 4;
const RANDOM_BYTES = 12;

interface Birthplace {
  readonly service: Pick<Service, 'random'>;
  readonly keys: Pick<IssuerKeys, 'record'>;
  readonly app: { readonly id: string };
  readonly caller: Caller;
}

/**
 * The name of a new install: a keyed hash of its device or its network, then random bytes. So whoever enrols again, with
 * as many new keys as he likes, lands in the same share of a roll-out (`docs/protocol.md`, attack 44), and a rekey, which keeps the
 * lineage, stays there.
 */
export function newLineage({ service, keys, app, caller }: Birthplace, attested: AttestedKey | undefined): string {
  const device = attested?.deviceSerial;
  const network = networkShareOf(caller.address ?? '');
  const origin = device === undefined ? ['network', network ?? ''] : ['device', device];
  const seed = parseBase64url(hmacOf(keys.record, 'assay/lineage/v1', app.id, ...origin)).subarray(0, SEED_BYTES);
  return toBase64url(concat(seed, service.random(RANDOM_BYTES)));
}

/** Where an install stands among all of them, from 0 up to 100, for one roll-out or cohort of this name. */
export function shareOf(keys: Pick<IssuerKeys, 'record'>, lineage: string, app: string, name: string): number {
  const seed = toBase64url(parseBase64url(lineage).subarray(0, SEED_BYTES));
  const place = parseBase64url(hmacOf(keys.record, 'assay/share/v1', app, name, seed));
  return (readUint32(place, 0) / 2 ** 32) * 100;
}
