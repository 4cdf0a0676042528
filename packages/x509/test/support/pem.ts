import { parsePem } from '@assay/formats';

/** The content of the first PEM block. */
export function pemOf(pem: string, label = 'CERTIFICATE'): Uint8Array {
  const [block] = parsePem(pem, label);
  if (block === undefined) throw new TypeError(`no ${label} in a case`);
  return block;
}
