import { type Name, nameText } from '@assay/x509/certificate';

/** Control and format characters could turn around what stands beside them. */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A distinguished name on one line, as it stands in the certificate. */
export const showName = (name: Name): string => plain(nameText(name));

/** Text from outside, with everything that cannot be seen spelled out. */
export function plain(text: string): string {
  return text.replace(UNSHOWN, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
