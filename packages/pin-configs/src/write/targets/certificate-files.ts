import { parseBase64, toHex } from '@assay/formats';
import type { PolicyHost } from '../../policy/model.ts';

/** Said on top of every file that compares whole certificates. */
export const RENEWAL =
  'RENEWAL = APP BREAK: whole certificates are compared. Ship an update with the next certificate before it is served.';

/** Names of the certificates of a host, by which the files beside the app are called: `<first 16 hex digits of SHA-256>.cer`. */
export function certificateNames({ pins }: PolicyHost): readonly string[] {
  const digests = pins.flatMap(({ certificates }) => certificates);
  return [...new Set(digests)].map((digest) => toHex(parseBase64(digest)).slice(0, 16));
}
