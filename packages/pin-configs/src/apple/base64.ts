const STRICT = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Whether Foundation's decoder takes a text for base64 (`NSData initWithBase64EncodedString:` without options). */
export const isBase64 = (text: string): boolean => text.length > 0 && STRICT.test(text);

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** One spelling of what a text decodes to: the last digit may carry two or four bits that belong to no byte. */
export function canonicalBase64(text: string): string {
  const digits = text.replace(/=+$/, '');
  const spare = [0, 0, 4, 2][digits.length % 4] ?? 0;
  if (spare === 0 || !isBase64(text)) return text;
  const last = ALPHABET.indexOf(digits.charAt(digits.length - 1));
  return digits.slice(0, -1) + ALPHABET.charAt((last >> spare) << spare) + text.slice(digits.length);
}
