import { list, misfit, raising, type ShapeError, together } from '@assay/formats/shape';
import type { Case, CaseGroup, Expectation } from '../case.ts';
import { mitmFault } from '../reasons.ts';
import type { Setting } from './grammar.ts';
import { type Base, type Row, bases as readBases, row as readRow, VALID, type Variant } from './rows.ts';
import { changed, differences, VALID_SETTING } from './setting.ts';

const MAX_ROWS = 500;
/** From the valid server to a case, over bases and other cases. */
const MAX_STEPS = 8;

/** Cases that were read, and all settings that others may differ from: bases, and cases by id. */
export interface Battery {
  readonly cases: readonly Case[];
  readonly settings: ReadonlyMap<string, Setting>;
}

interface Draft {
  readonly id: string;
  readonly row: Row;
  readonly variant: Variant;
  readonly path: string;
}

/**
 * Reads rows of cases, and bases that they differ from. Every case differs in exactly one member from what it names;
 * where the client or its device is what differs, or nothing is judged, it may differ in none.
 *
 * @throws ConfigError `mitm.cases_malformed` with every fault and its path
 */
export function readBattery(rows: unknown, bases: unknown, known: ReadonlyMap<string, Setting> = new Map()): Battery {
  return raising(() => new Reading(rows, bases, known).battery(), malformed);
}

export function malformed(found: ShapeError): Error {
  return mitmFault('mitm.cases_malformed', { found: found.message }, found);
}

class Reading {
  readonly #drafts: ReadonlyMap<string, Draft>;
  readonly #bases: Readonly<Record<string, Base>>;
  readonly #settings: Map<string, Setting>;

  constructor(rows: unknown, bases: unknown, known: ReadonlyMap<string, Setting>) {
    const read = list(readRow, MAX_ROWS, 1)(rows, '$.cases');
    this.#bases = basesOf(bases, known);
    this.#settings = new Map(known).set(VALID, VALID_SETTING);
    this.#drafts = draftsOf(read, known);
  }

  battery(): Battery {
    const cases = together([...this.#drafts.values()].map((draft) => () => this.#case(draft)));
    return { cases, settings: this.#settings };
  }

  #case({ id, row, variant, path }: Draft): Case {
    const from = variant.from ?? row.from;
    const expect = variant.expect ?? row.expect;
    const setting = this.#settingOf(id, path);
    const count = differences(this.#settingOf(from, `${path}.from`), setting).length;
    const isOne = count === 1 || (count === 0 && mayChangeNothing(row.group, expect));
    if (!isOne) misfit(`${path}.change`, `a change of exactly one member, not of ${count}`);
    const { host, steps, clock, pinSet, ...recipe } = setting;
    const mayRefuse = variant.mayRefuse ?? row.mayRefuse;
    const measured = variant.measured ?? row.measured;
    return {
      ...{ id, title: variant.title, group: row.group, why: variant.why ?? row.why, expect, from, recipe, host, steps },
      needs: [...new Set([...row.needs, ...(variant.needs ?? [])])],
      ...(clock === undefined ? {} : { clock }),
      ...(pinSet === undefined ? {} : { pinSet }),
      ...(mayRefuse === undefined ? {} : { mayRefuse }),
      ...(measured === undefined ? {} : { measured }),
      ...{ masvs: row.masvs, mastg: row.mastg, maswe: row.maswe },
      clauses: [...row.clauses, ...(variant.clauses ?? [])],
    };
  }

  #settingOf(name: string, path: string, steps = 0): Setting {
    const done = this.#settings.get(name);
    if (done !== undefined) return done;
    if (steps > MAX_STEPS) misfit(path, `something that is at most ${MAX_STEPS} steps from ${VALID}`);
    const { from, change, at } = this.#originOf(name, path);
    const made = changed(this.#settingOf(from, `${at}.from`, steps + 1), change, `${at}.change`);
    this.#settings.set(name, made);
    return made;
  }

  #originOf(name: string, path: string) {
    const draft = this.#drafts.get(name);
    if (draft !== undefined) {
      return { from: draft.variant.from ?? draft.row.from, change: draft.variant.change, at: draft.path };
    }
    const base = Object.hasOwn(this.#bases, name) ? this.#bases[name] : undefined;
    return base === undefined ? misfit(path, 'a base or a case that there is') : { ...base, at: `$.bases.${name}` };
  }
}

function basesOf(json: unknown, known: ReadonlyMap<string, Setting>): Readonly<Record<string, Base>> {
  const bases = readBases(json, '$.bases');
  const taken = Object.keys(bases).filter((name) => name === VALID || known.has(name));
  together(taken.map((name) => () => misfit(`$.bases.${name}`, 'a name that no other base has')));
  return bases;
}

const mayChangeNothing = (group: CaseGroup, expect: Expectation): boolean =>
  expect === 'report' || group === 'control' || group === 'device';

function draftsOf(rows: readonly Row[], known: ReadonlyMap<string, Setting>): ReadonlyMap<string, Draft> {
  const drafts = new Map<string, Draft>();
  const steps = rows
    .flatMap((row, index) => draftsOfRow(row, `$.cases[${index}]`))
    .map((draft) => () => {
      if (drafts.has(draft.id) || known.has(draft.id)) misfit(`${draft.path}.id`, 'an id that no other case has');
      drafts.set(draft.id, draft);
    });
  together(steps);
  return drafts;
}

function draftsOfRow(row: Row, path: string): readonly Draft[] {
  const { id, title, change, variants } = row;
  if (variants === undefined) return [{ id, row, variant: { letter: '', title, change: change ?? {} }, path }];
  return variants.map((variant, index) => ({
    ...{ id: `${id}.${variant.letter}`, row, variant },
    path: `${path}.variants[${index}]`,
  }));
}
