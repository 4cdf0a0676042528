import { Environment } from '@marcbachmann/cel-js';
import { FACT_PATHS, FACTS, type FactPath, type FactType } from '../facts.ts';
import { registerFunctions } from './functions.ts';

/** Types of CEL that policies meet. */
export type CelType = 'bool' | 'string' | 'int' | 'list<string>' | 'list<int>';

const CEL_TYPES: Readonly<Record<FactType, CelType>> = {
  text: 'string',
  choice: 'string',
  version: 'string',
  date: 'string',
  boolean: 'bool',
  number: 'int',
  texts: 'list<string>',
  numbers: 'list<int>',
};

export const celTypeOf = (path: FactPath): CelType => CEL_TYPES[FACTS[path].type];

export type SettingName = 'raised' | 'proven' | 'weight' | 'degraded' | 'now';

export interface SettingRow {
  readonly type: CelType;
  readonly description: string;
}

/** Variables that are no facts: always there, whatever the evidence. */
export const SETTINGS: Readonly<Record<SettingName, SettingRow>> = {
  raised: { type: 'list<string>', description: 'Threats that are raised, proven or claimed.' },
  proven: { type: 'list<string>', description: 'Threats that are raised by proof: no word of the app is among them.' },
  weight: { type: 'int', description: 'Sum of the weights of the raised threats that nothing proves.' },
  degraded: { type: 'list<string>', description: 'What could not be asked, such as `play_unavailable`.' },
  now: { type: 'int', description: 'Time of the appraisal, seconds since 1970.' },
};

export const isSetting = (name: string): name is SettingName => Object.hasOwn(SETTINGS, name);

/** Bounds of one expression. They are what keeps its evaluation cheap: there is no budget at run time. */
export const LIMITS = {
  maxAstNodes: 500,
  maxDepth: 16,
  maxListElements: 64,
  maxMapEntries: 1,
  maxCallArguments: 8,
} as const;

/** Printed with every bracket, a chain nests as deeply as it has members. */
const PRINTED_LIMITS = { ...LIMITS, maxDepth: LIMITS.maxAstNodes + LIMITS.maxDepth };

/** Optional types stay off: `has()` is the one way to ask whether a fact is there. */
const OPTIONS = { enableOptionalTypes: false, unlistedVariablesAreDyn: false } as const;

type Schema = { [name: string]: string | Schema };

/** What authors write against: facts by section, as they are named everywhere. */
export function createSourceEnvironment(lists: Iterable<string>): Environment {
  const environment = new Environment({ ...OPTIONS, limits: LIMITS });
  const schemas = new Map<string, Schema>();
  for (const path of FACT_PATHS) {
    const [section = '', name] = path.split('.');
    if (name === undefined) environment.registerVariable(section, celTypeOf(path));
    else schemas.set(section, { ...schemas.get(section), [name]: celTypeOf(path) });
  }
  const members = [...lists].map((name) => [name, 'list<string>'] as const);
  if (members.length > 0) schemas.set('lists', Object.fromEntries(members));
  for (const [name, schema] of schemas) environment.registerVariable({ name, schema });
  for (const [name, { type }] of Object.entries(SETTINGS)) environment.registerVariable(name, type);
  return registerFunctions(environment);
}

/** The name that a dotted path has where every variable stands alone: no section holds an underscore. */
export const flatName = (path: string): string => path.replace('.', '_');

/** What is evaluated: every fact a variable of its own, so that no section is built or converted for an evaluation. */
export function createFlatEnvironment(lists: Iterable<string>): Environment {
  const environment = new Environment({ ...OPTIONS, limits: PRINTED_LIMITS });
  for (const path of FACT_PATHS) environment.registerVariable(flatName(path), celTypeOf(path));
  for (const name of lists) environment.registerVariable(flatName(`lists.${name}`), 'list<string>');
  for (const [name, { type }] of Object.entries(SETTINGS)) environment.registerVariable(name, type);
  return registerFunctions(environment);
}
