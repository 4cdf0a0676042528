/**
 * The number of a JSON literal, or undefined where it would be another one: an integer beyond 2^53 - 1, too many digits, or
 * an exponent that leaves zero or infinity. Two readers with other arithmetic could differ on such a literal (RFC 7493 2.2).
 */
export function toExactNumber(literal: string): number | undefined {
  const value = Number(literal);
  const isInRange = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (!isInRange) return undefined;
  const printed = String(value);
  return printed === literal || significant(printed) === significant(literal) ? value : undefined;
}

const PARTS = /^-?([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/** One spelling for each magnitude: the digits without zeros at either end, and the power of ten of the last one. */
function significant(literal: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = PARTS.exec(literal) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const end = endOfDigits(digits);
  return end === 0 ? '0' : `${digits.slice(0, end)}e${Number(exponent) - fraction.length + digits.length - end}`;
}

/** Where the zeros at the end begin. By hand: a pattern for them takes quadratic time where others stand before. */
function endOfDigits(digits: string): number {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return end;
}
