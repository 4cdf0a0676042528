import { type Action, ASSURANCES, type RefusalClass, THREAT_NAMES, type Tier } from '@assay/core';
import { MAX_SOURCE } from '../cel/check.ts';
import { EXAMPLE_DEVICES } from '../examples/devices.ts';
import { FACT_PATHS, FACTS, type FactPath, type FactType, type FactValue } from '../facts.ts';
import { isDate } from '../order.ts';
import { perhaps } from '../perhaps.ts';
import type { RuleCode } from '../policy.ts';
import { POLICY_REASONS } from '../reasons.ts';
import { about, bool, choice, listOf, misfit, namedOf, objectOf, type Shape, tableOf, text, turned } from './shapes.ts';

const NAME = text(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'a name of lower-case letters, digits, dots, dashes and underscores');
const LINE = text(/^[^\p{Cc}]{1,400}$/u, 'one line of text, at most 400 characters');
const LIST_NAME_FORM = /^[a-z][a-z0-9_]{0,31}$/;
const LIST_NAME = text(LIST_NAME_FORM, 'a name of lower-case letters, digits and underscores');
const ENTRY = text(/^[^\p{Cc}]{1,256}$/u, 'one line of text, at most 256 characters');
const DAY = text(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-11-01');
const DATE = turned(DAY, (day, path) => (isDate(day) ? day : misfit(path, 'a day that the calendar has')));

/** Names that expressions can spell: `lists.boot_keys`. */
export function isListName(name: string): boolean {
  return LIST_NAME_FORM.test(name);
}

const MAX_RULES = 256;
const MAX_ROWS = 64;
const MAX_LISTS = 32;
const MAX_LIST_ENTRIES = 1024;
const MAX_EXAMPLES = 256;

const TIERS = ['warning', 'contraindicated', 'none'] as const;
const ALL_TIERS = ['affirming', ...TIERS] as const satisfies readonly Tier[];
const LEVELS = ['low', 'substantial', 'high'] as const;
const CLASSES = ['device', 'app', 'version', 'account', 'evidence'] as const satisfies readonly RefusalClass[];
const ACTIONS = ['retry', 'reenroll', 'update_app', 'stop'] as const satisfies readonly Action[];
/** An app as a whole is nothing that a device's evidence may ban. */
const TARGETS = ['lineage', 'signer', 'model', 'network'] as const;

const RULE_CODES = Object.values(POLICY_REASONS)
  .filter(({ family }) => family === 'policy')
  .map(({ code }) => code);
const CUSTOM_CODE = /^custom\.[a-z][a-z0-9_]{0,63}$/;

const ruleCode: Shape<RuleCode> = {
  read: (value, path) =>
    typeof value === 'string' && (RULE_CODES.includes(value) || CUSTOM_CODE.test(value))
      ? (value as RuleCode) // one of the codes, or of the form
      : misfit(path, `${perhaps(value, RULE_CODES)}custom.<name>, or one of ${RULE_CODES.join(', ')}`),
  schema: { anyOf: [{ enum: RULE_CODES }, { type: 'string', pattern: CUSTOM_CODE.source }] },
};

/** An expression as it stands in the document; it is compiled afterwards, with the lists of the document known. */
const cel: Shape<string> = {
  read: (value, path) =>
    typeof value === 'string' && value.trim().length > 0 && value.length <= MAX_SOURCE
      ? value
      : misfit(path, `an expression: a text of 1 to ${MAX_SOURCE} characters`),
  schema: { type: 'string', minLength: 1, maxLength: MAX_SOURCE, description: 'An expression in CEL over the facts.' },
};

const known = about(
  choice(['proven', 'claimed']),
  'Whether proven facts count alone (the default) or claimed ones too.',
);
const DURATION = text(/^[1-9]\d{0,3}[mhd]$/, 'a time such as 90m, 12h or 7d');
const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const duration = turned(DURATION, (given) => Number(given.slice(0, -1)) * (UNIT_MS[given.slice(-1)] ?? 0));

const outageStep = choice(['deny', 'degrade']);
const outage = objectOf({}, { vendor: outageStep, revocation: outageStep, assurance: choice(LEVELS) });

const otherwise = turned(
  objectOf({ tier: choice(TIERS), code: ruleCode }, { class: choice(CLASSES), action: choice(ACTIONS) }),
  (given, path) =>
    given.code.startsWith('custom.') || (given.class === undefined && given.action === undefined)
      ? given
      : misfit(path, 'class and action with a custom code only: a registered code brings its own'),
);
const rule = objectOf({ id: NAME, require: cel, otherwise, why: LINE }, { when: cel, known });
const assuranceRow = objectOf({ level: choice(LEVELS), when: cel });
const annotation = objectOf({ name: LIST_NAME, value: cel }, { when: cel, known });
const ban = objectOf({ id: NAME, when: cel, target: choice(TARGETS), for: duration, reason: LINE }, { known });

const whole: Shape<number> = {
  read: (value, path) => (Number.isSafeInteger(value) ? Number(value) : misfit(path, 'a whole number')),
  schema: { type: 'integer' },
};

/** A fact's value as an example writes it down, by its type; a fixed vocabulary goes before. */
const FACT_VALUES: Readonly<Record<FactType, (word: Shape<string>) => Shape<FactValue>>> = {
  text: (word) => word,
  choice: (word) => word,
  version: (word) => word,
  date: (word) => word,
  boolean: () => bool,
  number: () => whole,
  numbers: () => listOf(whole, MAX_ROWS),
  texts: (word) => listOf(word, MAX_ROWS),
};

function factValue(path: FactPath): Shape<FactValue> {
  const { type, values } = FACTS[path];
  return FACT_VALUES[type](values === undefined ? ENTRY : choice(values));
}

function factTable<T>(each: (path: FactPath) => Shape<T>): Shape<Readonly<Partial<Record<FactPath, T>>>> {
  const shapes = Object.fromEntries(FACT_PATHS.map((path) => [path, each(path)]));
  return objectOf({}, shapes) as Shape<Readonly<Partial<Record<FactPath, T>>>>; // the members are those paths
}

const orAbsent = <T>(shape: Shape<T>): Shape<T | null> => ({
  read: (value, path) => (value === null ? null : shape.read(value, path)),
  schema: { anyOf: [shape.schema, { type: 'null' }] },
});

const DEVICES = Object.keys(EXAMPLE_DEVICES);
const noted: Shape<string | number | boolean> = {
  read: (value, path) =>
    typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value)
      ? (value as string | number | boolean)
      : misfit(path, 'a text, a whole number, true or false'),
  schema: { type: ['string', 'integer', 'boolean'] },
};

const expectation = objectOf(
  { tier: choice(ALL_TIERS) },
  {
    assurance: choice(ASSURANCES),
    reasons: listOf(ruleCode, MAX_ROWS),
    annotations: tableOf(LIST_NAME, noted, MAX_ROWS),
    bans: listOf(NAME, MAX_ROWS),
  },
);

const example = objectOf(
  { name: LINE, device: choice(DEVICES), expect: expectation },
  {
    with: factTable((path) => orAbsent(factValue(path))),
    claimed: factTable(factValue),
    raised: listOf(choice(THREAT_NAMES), THREAT_NAMES.length),
    degraded: listOf(NAME, MAX_ROWS),
    at: DATE,
  },
);

/** The whole document. Parser and published schema both come from here. */
export const DOCUMENT = objectOf(
  {
    assay: choice(['policy/1']),
    name: NAME,
    description: LINE,
    rules: namedOf(rule, 'id', MAX_RULES, 1),
    assurance: listOf(assuranceRow, MAX_ROWS, 1),
  },
  {
    outage,
    lists: tableOf(LIST_NAME, listOf(ENTRY, MAX_LIST_ENTRIES, 1), MAX_LISTS),
    annotations: namedOf(annotation, 'name', 16),
    bans: namedOf(ban, 'id', MAX_ROWS),
    examples: namedOf(example, 'name', MAX_EXAMPLES),
  },
);

export type Draft = ReturnType<typeof DOCUMENT.read>;
