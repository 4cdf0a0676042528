import { distinct, list, matching, misfit, object, oneOf, type Reader, table } from '@assay/formats/shape';
import { CAPABILITIES, CASE_GROUPS, type Capability, type CaseGroup, type Expectation } from '../case.ts';
import { type Change, change } from './grammar.ts';

/** What `from` names where a case differs from the valid server itself. */
export const VALID = 'valid';

const MAX_VARIANTS = 24;
const MAX_BASES = 64;

/** `N11`, or `N11.b` where a row has variants. Operators choose other letters for rows of their own. */
const ROW_ID = /^[A-Z][A-Za-z0-9-]{0,30}$/;
const CASE_ID = /^[A-Z][A-Za-z0-9-]{0,30}(\.[a-z])?$/;
const BASE_NAME = /^[a-z][a-z0-9-]{0,30}$/;

export const caseId: Reader<string> = matching(CASE_ID, 'the id of a case');
const baseName = matching(BASE_NAME, 'small letters, digits and hyphens');
const origin: Reader<string> = (value, path) =>
  typeof value === 'string' && (BASE_NAME.test(value) || CASE_ID.test(value))
    ? value
    : misfit(path, `${VALID}, the name of a base, or the id of another case`);

/** Plain sentences: printable, on one line. */
export const text = (max: number): Reader<string> =>
  matching(new RegExp(`^[^\\p{C}]{1,${max}}$`, 'u'), `1 to ${max} printable characters`);

const expectation: Reader<Expectation> = oneOf(['accept', 'refuse', 'report']);
/** `Object.keys` of a table whose keys are its type. */
export const capability: Reader<Capability> = oneOf(Object.keys(CAPABILITIES) as Capability[]);
export const caseGroup: Reader<CaseGroup> = oneOf(CASE_GROUPS);
const needs = distinct(capability, 16);
const clauses = distinct(text(60), 16);
const measured = table(text(40), text(200), 16);

/** A server that nobody runs: what several cases differ from. */
export interface Base {
  readonly why: string;
  readonly from: string;
  readonly change: Change;
}

export interface Variant {
  readonly letter: string;
  readonly title: string;
  readonly change: Change;
  /** Instead of the row's. */
  readonly from?: string;
  readonly expect?: Expectation;
  readonly why?: string;
  readonly mayRefuse?: string;
  readonly measured?: Readonly<Record<string, string>>;
  /** Beside the row's. */
  readonly needs?: readonly Capability[];
  readonly clauses?: readonly string[];
}

/** A row of the battery. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly group: CaseGroup;
  readonly why: string;
  readonly expect: Expectation;
  readonly needs: readonly Capability[];
  readonly from: string;
  readonly masvs: readonly string[];
  readonly mastg: readonly string[];
  readonly maswe: readonly string[];
  readonly clauses: readonly string[];
  readonly mayRefuse?: string;
  readonly measured?: Readonly<Record<string, string>>;
  /** Of a row of one case. */
  readonly change?: Change;
  readonly variants?: readonly Variant[];
}

const variant: Reader<Variant> = object(
  { letter: matching(/^[a-z]$/, 'one small letter'), title: text(120), change },
  { from: origin, expect: expectation, why: text(400), mayRefuse: text(400), measured, needs, clauses },
);

const anyRow: Reader<Row> = object(
  {
    id: matching(ROW_ID, 'a capital letter, then letters, digits and hyphens'),
    title: text(120),
    group: caseGroup,
    why: text(400),
    expect: expectation,
    needs,
    from: origin,
    masvs: list(matching(/^MASVS-[A-Z]+-[0-9]+$/, 'an id of MASVS'), 8),
    mastg: list(matching(/^MASTG-TEST-[0-9]{4}$/, 'an id of MASTG'), 16),
    maswe: list(matching(/^MASWE-[0-9]{4}$/, 'an id of MASWE'), 8),
    clauses,
  },
  {
    mayRefuse: text(400),
    measured,
    change,
    variants: distinct(variant, MAX_VARIANTS, 2, ({ letter }) => letter),
  },
);

export const row: Reader<Row> = (value, path) => {
  const read = anyRow(value, path);
  const isOne = (read.change === undefined) !== (read.variants === undefined);
  return isOne ? read : misfit(path, 'either the change of one case, or variants');
};

const base: Reader<Base> = object({ why: text(400), from: origin, change });
export const bases: Reader<Readonly<Record<string, Base>>> = table(baseName, base, MAX_BASES);
