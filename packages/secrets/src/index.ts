export * from './box/index.ts';
export { type DeliveryRule, mayDeliver } from './delivery.ts';
export { assertKeyChecks, createKek, createKekRing, type Kek, type KekRing, type KeyCheck, keyCheckOf } from './kek.ts';
export { parseKekFile, toKekFile } from './kek-file.ts';
export { SECRETS_REASONS } from './reasons.ts';
export { kekIdOf, openRow, type Place, rewrapRow, sealRow } from './row.ts';
export { openSecret, type SecretPlace, sealSecret } from './secret.ts';
