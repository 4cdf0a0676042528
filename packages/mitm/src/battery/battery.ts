import { object, type Reader, raising } from '@assay/formats/shape';
import type { Case } from '../case.ts';
import { BASES, ROWS } from './data.ts';
import { malformed, readBattery } from './parse.ts';

const BATTERY = readBattery(ROWS, BASES);

/** Every case of the harness, in the order of its rows. */
export const CASES: readonly Case[] = BATTERY.cases;

/** The valid server. A run in which the client refuses it proves nothing. */
export const CONTROL: Case = named('P1');

/**
 * Cases that an operator brings: `{"cases": [row, ...], "bases": {name: base, ...}}`. They may differ from the cases
 * and bases of the harness, or from one another.
 *
 * @throws ConfigError `mitm.cases_malformed` with every fault and its path
 */
export function parseCases(json: unknown): readonly Case[] {
  const { cases, bases } = raising(() => document(json, '$'), malformed);
  return readBattery(cases, bases ?? {}, BATTERY.settings).cases;
}

const any: Reader<unknown> = (value) => value;
const document = object({ cases: any }, { bases: any });

function named(id: string): Case {
  const found = CASES.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no case ${id}`);
  return found;
}
