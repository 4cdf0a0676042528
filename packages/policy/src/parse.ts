import { ConfigError } from '@assay/core';
import {
  integer,
  list as listOf,
  matching,
  membersOf,
  misfit,
  object,
  oneOf,
  type Reader,
  raising,
  type ShapeError,
  together,
} from '@assay/formats/shape';
import { FACTS, type FactPath, type FactRow, isFactPath } from './facts.ts';
import { isOrdered } from './order.ts';
import type { AssuranceRow, Condition, Policy, Rule, RuleCode } from './policy.ts';
import { POLICY_REASONS } from './reasons.ts';
import {
  isKind,
  KIND_NAMES,
  KINDS,
  type Operands,
  type Requirement,
  type RequirementKind,
  type Scalar,
} from './requirement.ts';

const NAME = matching(
  /^[a-z0-9][a-z0-9._-]{0,63}$/,
  'a name of lower-case letters, digits, dots, dashes and underscores',
);
const WHY = matching(/^[^\p{Cc}]{1,400}$/u, 'one line of text, at most 400 characters');
const MAX_RULES = 256;
const MAX_ENTRIES = 64;

/** A list is never empty: what it would admit or demand could not be told. */
const entries = <T>(read: Reader<T>, max: number = MAX_ENTRIES): Reader<readonly T[]> => listOf(read, max, 1);

const codes = Object.keys(POLICY_REASONS).filter((code): code is RuleCode => code !== 'policy.document_invalid');

const factPath: Reader<FactPath> = (value, path) =>
  typeof value === 'string' && isFactPath(value)
    ? value
    : misfit(path, `one of the facts ${Object.keys(FACTS).join(', ')}`);

/** A scalar of the fact's own type: a wrong type could never match, and the rule would be dead without a word. */
const scalarOf =
  (row: FactRow): Reader<Scalar> =>
  (value, path) => {
    if (row.type === 'boolean' && typeof value === 'boolean') return value;
    if ((row.type === 'number' || row.type === 'numbers') && Number.isSafeInteger(value)) return Number(value);
    if (row.values !== undefined && typeof value === 'string' && row.values.includes(value)) return value;
    const isFree = row.values === undefined && !['boolean', 'number', 'numbers'].includes(row.type);
    if (isFree && typeof value === 'string' && value.length > 0 && value.length <= 256) return value;
    return misfit(path, row.values === undefined ? `a value of type ${row.type}` : `one of ${row.values.join(', ')}`);
  };

const boundOf =
  (row: FactRow): Reader<string | number> =>
  (value, path) => {
    const isBound = (typeof value === 'string' || typeof value === 'number') && isOrdered(row.type, value);
    return isBound ? value : misfit(path, `a ${row.type}`);
  };

const entriesOf = (row: FactRow): Reader<readonly (string | number)[]> =>
  entries((value, path) => {
    const entry = scalarOf(row)(value, path);
    return typeof entry === 'boolean' ? misfit(path, 'a text or number') : entry;
  });

const OPERANDS: { readonly [K in RequirementKind]: (row: FactRow) => Reader<Operands[K]> } = {
  present: () => (value, path) => (value === true ? true : misfit(path, 'true')),
  equals: scalarOf,
  in: (row) => entries(scalarOf(row)),
  atLeast: boundOf,
  atMost: boundOf,
  includes: entriesOf,
  excludes: entriesOf,
  sameAs: (row) => (value, path) => {
    const other = factPath(value, path);
    return FACTS[other].type === row.type && FACTS[other] !== row
      ? other
      : misfit(path, `another fact of type ${row.type}`);
  },
  notRaised: () => entries(matching(/^[!-~]{1,128}$/, 'the name of a signal')),
};

const requirementOf =
  (row: FactRow): Reader<Requirement> =>
  (value, path) => {
    const members = Object.entries(membersOf(value, path));
    if (members.length === 0) misfit(path, `at least one of ${KIND_NAMES.join(', ')}`);
    return Object.fromEntries(
      together(
        members.map(
          ([kind, operand]) =>
            () =>
              operandOf(row, kind, operand, path),
        ),
      ),
    );
  };

function operandOf(row: FactRow, kind: string, operand: unknown, path: string): [string, unknown] {
  const allowed = KIND_NAMES.filter((each) => KINDS[each].types.includes(row.type));
  if (!isKind(kind) || !allowed.includes(kind)) misfit(`${path}.${kind}`, `one of ${allowed.join(', ')} for this fact`);
  return [kind, OPERANDS[kind](row)(operand, `${path}.${kind}`)];
}

/** Members that say something about a fact: the requirement is read by the type of the fact beside it. */
const aboutFact = (value: unknown, path: string): { fact: Reader<FactPath>; require: Reader<Requirement> } => {
  const { fact: name } = membersOf(value, path);
  const fact = factPath(name, `${path}.fact`);
  return { fact: () => fact, require: requirementOf(FACTS[fact]) };
};

const condition: Reader<Condition> = (value, path) => {
  const read = object(aboutFact(value, path))(value, path);
  return read.fact === 'signals' ? misfit(`${path}.fact`, 'a fact that can be proven') : read;
};

const conditions = entries(condition);

const onFail = object({ tier: oneOf(['warning', 'contraindicated', 'none']), code: oneOf(codes) });

const rule: Reader<Rule> = (value, path) => {
  const read = object(
    { id: NAME, ...aboutFact(value, path), known: oneOf(['proven', 'claimed']), onFail, why: WHY },
    { when: conditions, whenAbsent: oneOf(['passes']) },
  )(value, path);
  const isDead = read.fact === 'signals' && read.known === 'proven';
  return isDead ? misfit(`${path}.known`, '`claimed`, since signals are never proven') : read;
};

const assuranceRow: Reader<AssuranceRow> = object({ level: oneOf(['low', 'substantial', 'high']), when: conditions });

const document: Reader<Policy> = object({
  name: NAME,
  version: integer(1),
  rules: entries(rule, MAX_RULES),
  assurance: entries(assuranceRow),
});

/**
 * Reads a policy from JSON (already decoded, duplicate names refused by the decoder). Strict: what it does not know, it
 * refuses, because a rule that is misspelt would otherwise never fire.
 *
 * @throws ConfigError `policy.document_invalid`, naming the JSON path of every fault.
 */
export function parsePolicy(json: unknown): Policy {
  return raising(() => {
    const policy = document(json, '$');
    together([() => refuseTwins(policy.rules), () => refuseWithoutProof(policy.rules)]);
    return policy;
  }, toConfigError);
}

/** The author sees every fault, and the names that were not known. */
function toConfigError({ faults }: ShapeError): ConfigError {
  const rows = faults.flatMap(({ path, expected, unknown }) => {
    const paths = unknown?.map((name) => `${path}.${name}`) ?? [path];
    return paths.map((each) => ({ path: each, expected }));
  });
  const message = rows.map(({ path, expected }) => `${path}: ${expected}`).join('; ');
  const [first] = rows;
  const detail = { expected: first?.expected, found: first?.path };
  return new ConfigError('policy.document_invalid', `the policy is not valid: ${message}`, detail);
}

function refuseTwins(rules: readonly Rule[]): void {
  const twin = rules.findIndex((each, index) => rules.findIndex(({ id }) => id === each.id) !== index);
  if (twin >= 0) misfit(`$.rules[${twin}].id`, 'an id that no other rule has');
}

/** Without such a rule a verdict could end at `none` with nothing failed: only what is always to be proven lifts it. */
function refuseWithoutProof(rules: readonly Rule[]): void {
  const demandsProof = ({ when, known, whenAbsent }: Rule): boolean =>
    when === undefined && known === 'proven' && whenAbsent === undefined;
  if (!rules.some(demandsProof)) {
    misfit('$.rules', 'at least one rule that is `proven`, without conditions and without `whenAbsent`');
  }
}
