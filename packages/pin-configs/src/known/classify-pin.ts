import type { PinSpelling } from '../pinned-host.ts';

/** What one text is that stands where a pin should. */
export interface PinClass {
  /** What stands before the value: nothing, one of the known prefixes, or something like them. */
  readonly prefix: string;
  /** False when the format wants another prefix than this text has. */
  readonly isPrefixRight: boolean;
  /** The text without prefix and surrounding white space. */
  readonly value: string;
  /**
   * `pin`: 32 bytes in base64. `sha1`: a digest of the older kind. The others can be no key's pin: `empty_input` is the digest
   * of nothing at all, `certificate` a piece of PEM, `hex` a digest in another spelling, `placeholder` was never computed.
   */
  readonly kind: 'pin' | 'sha1' | 'empty_input' | 'certificate' | 'hex' | 'placeholder' | 'not_base64' | 'wrong_length';
}

const PREFIX = /^(?:(?:pin-)?sha-?256(?:\/\/?|[=:])"?|sha-?1\/)/i;

/** SHA-256 of the empty string: what a pipeline prints whose first part failed. */
export const EMPTY_INPUT_PIN = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

/** Tells what a text is, the first row that fits; `prefix` is what the format writes before a pin. */
export function classifyPin(text: string, prefix: PinSpelling['prefix']): PinClass {
  const trimmed = text.trim();
  const written = prefixOf(trimmed);
  const value = trimmed.slice(written.length);
  const isSha1 = /^sha-?1/i.test(written);
  const kind = isSha1 ? 'sha1' : (KINDS.find(([, fits]) => fits(value))?.[0] ?? 'not_base64');
  return { prefix: written, isPrefixRight: written === prefix || (isSha1 && prefix === 'sha256/'), value, kind };
}

/** A pin may begin with a slash itself: of two readings of `sha256//` the one counts that leaves a digest. */
function prefixOf(text: string): string {
  const longest = PREFIX.exec(text)?.[0] ?? '';
  const shorter = longest.slice(0, -1);
  return longest.endsWith('//') && isDigestLong(text.slice(shorter.length)) ? shorter : longest;
}

const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const isDigestLong = (value: string): boolean => /^[A-Za-z0-9+/_-]{43}=?$/.test(value);

/** In this order: what is recognisably something else comes before what is merely malformed. */
const KINDS: readonly (readonly [PinClass['kind'], (value: string) => boolean])[] = [
  ['empty_input', (value) => value === EMPTY_INPUT_PIN],
  ['certificate', (value) => value.startsWith('-----BEGIN') || (value.startsWith('MII') && !isDigestLong(value))],
  ['hex', (value) => /^(?:[0-9a-f]{2}[:\s]?){32}$/i.test(value)],
  ['placeholder', isPlaceholder],
  ['pin', isDigestLong],
  ['wrong_length', (value) => BASE64.test(value) && value.replace(/=+$/, '').length % 4 !== 1],
];

/** Words that nobody's digest spells: short ones only where the text is no digest anyway, long ones everywhere. */
const WORDS =
  /your|replace|placeholder|change|example|dummy|todo|insert|xxxx|backup|fingerprint|hash|base64|\bpin\b|<|\.\.\./i;
const LONG_WORDS = /placeholder|replace|example|backuppin|yourpin|yourhash|publickey|fingerprint|certificate/i;
const SEQUENCES = /abcdefgh|bcdefghi|12345678|23456789|01234567/i;

/** Seven times the same character in a row has a digest once in a thousand million; a hand on a keyboard has it often. */
const RUN = /(.)\1{6}/;

/** Fewer different characters than any digest has: of 43 at random, about 31 differ. */
const FEWEST_CHARACTERS = 12;

function isPlaceholder(value: string): boolean {
  if (!isDigestLong(value)) return WORDS.test(value) || (value.length >= 8 && RUN.test(value));
  const digits = value.replace(/=$/, '');
  return (
    RUN.test(digits) || SEQUENCES.test(digits) || LONG_WORDS.test(digits) || new Set(digits).size < FEWEST_CHARACTERS
  );
}
