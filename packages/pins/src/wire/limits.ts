import { integer, matching, type Reader } from '@assay/formats/shape';

export const MAX_DOCUMENT_BYTES: number = 64 * 1024;
export const MAX_HOSTS = 256;
export const MAX_ROOT_HOPS = 32;
export const MAX_SIGNATURES = 16;
export const MAX_KEYS = 32;
export const MAX_PINS = 16;

export const kid: Reader<string> = matching(
  /^[A-Za-z0-9._-]{1,64}$/,
  'a key id of letters, digits, dots, dashes and underscores',
);
export const appId: Reader<string> = matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,154}$/, 'an app id');
export const envName: Reader<string> = matching(/^[a-z0-9][a-z0-9-]{0,62}$/, 'the name of an environment');
export const counter: Reader<number> = integer(1);

/** Seconds since the epoch, up to the year 9999: milliseconds given by mistake are refused. */
export const seconds: Reader<number> = integer(1, 253_402_300_799);
