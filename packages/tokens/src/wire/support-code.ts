import { fault } from '../fault.ts';

/** Crockford's alphabet: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Five more symbols for the check modulo 37, which finds every single wrong character and every swap of neighbours. */
const CHECKS = `${ALPHABET}*~$=U`;

const CHARACTERS = 10;
/** Random bytes that a code takes; 50 of their bits are used. */
export const SUPPORT_CODE_RANDOM_BYTES = 7;

/**
 * A support code of 50 random bits, for example `7KQ2M-9XR4T-V`: ten characters and a check. It says nothing about reason
 * or device, and cannot be guessed.
 */
export function createSupportCode(random: Uint8Array): string {
  if (random.length !== SUPPORT_CODE_RANDOM_BYTES) throw new TypeError(`${SUPPORT_CODE_RANDOM_BYTES} random bytes`);
  const number = random.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n) & ((1n << 50n) - 1n);
  return withCheck(toDigits(number), number);
}

/**
 * The stored form of a code as a person typed it: any case, spaces and dashes anywhere, O for 0, I and L for 1.
 *
 * @throws RequestError `tokens.support_code_invalid`
 */
export function parseSupportCode(typed: string): string {
  const characters = typed.length > 64 ? '' : typed.toUpperCase().replace(/[\s-]/g, '');
  const digits = characters.slice(0, CHARACTERS).replace(/O/g, '0').replace(/[IL]/g, '1');
  const values = [...digits].map((digit) => ALPHABET.indexOf(digit));
  if (values.length !== CHARACTERS || values.includes(-1)) throw fault('tokens.support_code_invalid');
  const number = values.reduce((sum, value) => sum * 32n + BigInt(value), 0n);
  if (checkOf(number) !== normalCheck(characters.slice(CHARACTERS))) throw fault('tokens.support_code_invalid');
  return withCheck(digits, number);
}

/** The check symbol may be a letter that people confuse too; `U` is one of its own. */
const normalCheck = (symbol: string): string => symbol.replace('O', '0').replace(/[IL]/, '1');

const checkOf = (number: bigint): string => CHECKS.charAt(Number(number % 37n));

function toDigits(number: bigint): string {
  const digit = (place: number): string => ALPHABET.charAt(Number((number >> BigInt(5 * place)) & 31n));
  return Array.from({ length: CHARACTERS }, (_, at) => digit(CHARACTERS - 1 - at)).join('');
}

function withCheck(digits: string, number: bigint): string {
  return `${digits.slice(0, 5)}-${digits.slice(5)}-${checkOf(number)}`;
}
