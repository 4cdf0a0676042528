import { containing } from '@assay/formats/artifacts';

/** Whether bytes hold a text of ASCII in UTF-8 or UTF-16: string pools use either. */
export function holdsText(bytes: Uint8Array, text: string): boolean {
  const wide = Array.from(text).join('\0');
  return containing([text, wide])(bytes, 0, bytes.length);
}
