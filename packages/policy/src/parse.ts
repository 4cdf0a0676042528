import { ShapeError, type ShapeFault } from '@assay/formats/shape';
import { needsProof } from './cel/proof.ts';
import { checkTexts } from './check-texts.ts';
import { DOCUMENT, type Draft } from './document/document.ts';
import { PolicyDocumentError } from './document/faults.ts';
import { readYaml } from './document/yaml.ts';
import { perhaps } from './perhaps.ts';
import type { Annotation, BanRule, Example, Outage, Policy, Rule } from './policy.ts';
import { createTexts, type PathFault, type Texts } from './texts.ts';
import type { Sight } from './view.ts';

export interface PolicyAbout {
  /** Version of the text under its name, from 1. */
  readonly version: number;
  /** The name that the text is kept under: a document that calls itself otherwise is refused. */
  readonly name?: string;
}

const OUTAGE: Outage = { vendor: 'deny', revocation: 'degrade', assurance: 'low' };

/**
 * Reads a policy from its YAML text and compiles it. Strict: what it does not know, it refuses, because a rule that is
 * misspelt would otherwise never fire. A document with a fault is refused whole, with the place of every fault.
 *
 * @example
 * const policy = parsePolicy(await readFile('banking.yaml', 'utf8'), { version: 1 });
 * @throws PolicyDocumentError `policy.document_invalid`
 */
export function parsePolicy(source: string, about: PolicyAbout): Policy {
  const { value, locate } = readYaml(source);
  const faults: PathFault[] = [];
  const draft = readDraft(value, faults);
  const policy = draft === undefined ? checkTexts(value, faults) : compile(draft, source, about, faults);
  if (policy !== undefined && faults.length === 0) return policy;
  throw new PolicyDocumentError(faults.map(({ path, at, expected }) => ({ ...locate(path, at), path, expected })));
}

/** Undefined for a document that has not the shape of one. */
function readDraft(value: unknown, faults: PathFault[]): Draft | undefined {
  try {
    return DOCUMENT.read(value, '$');
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    faults.push(...error.faults.flatMap(faultsOf));
    return undefined;
  }
}

/** One for each member that nobody knows. */
function faultsOf({ path, expected, unknown, known = [] }: ShapeFault): readonly PathFault[] {
  if (unknown === undefined) return [{ path, expected }];
  return unknown.map((name) => ({ path: `${path}.${name}`, expected: `${perhaps(name, known)}${expected}` }));
}

function compile(draft: Draft, source: string, { version, name }: PolicyAbout, faults: PathFault[]): Policy {
  const lists = draft.lists ?? {};
  const texts = createTexts(lists, faults);
  const rules = draft.rules.map((each, index) => ruleOf(each, `$.rules[${index}]`, texts));
  const annotations = (draft.annotations ?? []).map((each, at) => annotationOf(each, `$.annotations[${at}]`, texts));
  const bans = (draft.bans ?? []).map((each, at) => banOf(each, `$.bans[${at}]`, texts));
  const assurance = draft.assurance.map(({ level, when }, at) => ({
    level,
    when: texts.question(when, `$.assurance[${at}].when`),
  }));
  if (name !== undefined && draft.name !== name) faults.push({ path: '$.name', expected: `the name ${name}` });
  if (faults.length === 0 && !rules.some(({ lifts }) => lifts)) faults.push({ path: '$.rules', expected: NO_PROOF });
  return {
    name: draft.name,
    version,
    source,
    description: draft.description,
    outage: { ...OUTAGE, ...draft.outage },
    lists,
    rules,
    assurance,
    annotations,
    bans,
    examples: (draft.examples ?? []).map(exampleOf),
    program: texts.program([
      ...seeing(rules).map(({ require }) => require),
      ...seeing(annotations).flatMap(({ when, value }) => (when === undefined ? [value] : [when, value])),
      ...seeing(bans).map(({ when }) => when),
    ]),
  };
}

/** Those that may see claims. */
const seeing = <T extends { readonly known: Sight }>(parts: readonly T[]): readonly T[] =>
  parts.filter(({ known }) => known === 'claimed');

const NO_PROOF = 'at least one rule, without `when` and not `known: claimed`, that holds only where a fact is proven';

function ruleOf(
  { when, require, known = 'proven', ...rest }: Draft['rules'][number],
  path: string,
  texts: Texts,
): Rule {
  const question = texts.question(require, `${path}.require`);
  const condition = when === undefined ? {} : { when: texts.question(when, `${path}.when`) };
  const lifts = when === undefined && known === 'proven' && needsProof(question.root);
  return { ...rest, ...condition, require: question, known, lifts };
}

type Drafted<K extends 'annotations' | 'bans' | 'examples'> = NonNullable<Draft[K]>[number];

function annotationOf(
  { name, value, when, known = 'proven' }: Drafted<'annotations'>,
  path: string,
  texts: Texts,
): Annotation {
  const condition = when === undefined ? {} : { when: texts.question(when, `${path}.when`) };
  return { name, value: texts.value(value, `${path}.value`), ...condition, known };
}

function banOf(
  { id, when, target, for: durationMs, reason, known = 'proven' }: Drafted<'bans'>,
  path: string,
  texts: Texts,
): BanRule {
  return { id, when: texts.question(when, `${path}.when`), known, target, durationMs, reason };
}

function exampleOf({
  at,
  with: given = {},
  claimed = {},
  raised = [],
  degraded = [],
  ...rest
}: Drafted<'examples'>): Example {
  return { ...rest, with: given, claimed, raised, degraded, ...(at === undefined ? {} : { at: Date.parse(at) }) };
}
