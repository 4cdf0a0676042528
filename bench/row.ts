/** One measured line. */
export interface Row {
  readonly name: string;
  /** What was found, with its unit, for people. */
  readonly found: string;
  /** The bar in words, or undefined for a figure that stands beside another. */
  readonly bar?: string;
  /** Undefined: not measured, with the reason in `found`. */
  readonly holds?: boolean;
}

export type Bench = () => Promise<readonly Row[]>;

/** A row whose ratio must reach a bar. */
export function atLeast(name: string, ratio: number, bar: number, detail: string): Row {
  return { name, found: `${ratio.toFixed(2)}  ${detail}`, bar: `≥ ${bar}`, holds: ratio >= bar };
}

/** A row whose value must stay below a bar. */
export function atMost(name: string, value: number, bar: number, unit: string): Row {
  return { name, found: `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`, bar: `≤ ${bar} ${unit}`, holds: value <= bar };
}

export function notMeasured(name: string, why: string): Row {
  return { name, found: `not measured: ${why}` };
}

export const perSecond = (speed: number): string => `${Math.round(speed).toLocaleString('en-US')}/s`;
