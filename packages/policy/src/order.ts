import type { FactType, FactValue } from './facts.ts';

const VERSION = /^\d{1,10}(\.\d{1,10}){0,7}$/;
const DATE = /^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/;

type Compare = (left: FactValue, right: FactValue) => number | undefined;

const ORDERS: { readonly [T in FactType]?: Compare } = {
  number: (left, right) => (isNumber(left) && isNumber(right) ? left - right : undefined),
  version: (left, right) => (isVersion(left) && isVersion(right) ? compareVersions(left, right) : undefined),
  date: (left, right) => (isDate(left) && isDate(right) ? compareText(firstDay(left), firstDay(right)) : undefined),
};

/** Negative, zero or positive; undefined where the two have no order, so that a malformed value meets no bound. */
export function compareOrdered(type: FactType, left: FactValue, right: FactValue): number | undefined {
  return ORDERS[type]?.(left, right);
}

/** Whether `value` can stand in an order of this type. */
export function isOrdered(type: FactType, value: FactValue): boolean {
  return compareOrdered(type, value, value) !== undefined;
}

const isNumber = (value: FactValue): value is number => typeof value === 'number' && Number.isFinite(value);
const isVersion = (value: FactValue): value is string => typeof value === 'string' && VERSION.test(value);
const isDate = (value: FactValue): value is string => typeof value === 'string' && DATE.test(value);
const firstDay = (date: string): string => (date.length === 7 ? `${date}-01` : date);
const compareText = (left: string, right: string): number => (left === right ? 0 : left < right ? -1 : 1);

/** Number by number; a missing number counts as zero, so `17` equals `17.0`. */
function compareVersions(left: string, right: string): number {
  const [a, b] = [left.split('.').map(Number), right.split('.').map(Number)];
  const length = Math.max(a.length, b.length);
  const differences = Array.from({ length }, (_, index) => (a[index] ?? 0) - (b[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}
