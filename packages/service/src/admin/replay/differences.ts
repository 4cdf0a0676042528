import type { Facts, Verdict } from '@assay/core';

/** One thing that came out otherwise. */
export interface Difference {
  readonly what: string;
  readonly recorded: string;
  readonly again: string;
}

/** A list of them all would hide the first. */
const MAX = 40;

/** Members of a verdict and rules of its trace. */
export function differingVerdicts(recorded: Verdict, again: Verdict): readonly Difference[] {
  return differing(verdictRows(recorded), verdictRows(again));
}

function verdictRows({ tier, assurance, reasons, admitted, degraded, annotations, trace }: Verdict): Rows {
  const rules = trace.map(({ rule, outcome, code }) => [`rule ${rule}`, `${outcome} ${code ?? ''}`.trim()] as const);
  return new Map([
    ...([
      ['tier', tier],
      ['assurance', assurance],
      ['reasons', reasons.join(', ')],
    ] as const),
    ...([
      ['admitted', admitted ?? 'no'],
      ['degraded', degraded?.join(', ') ?? ''],
    ] as const),
    ...Object.entries(annotations ?? {}).map(([name, value]) => [`annotation ${name}`, String(value)] as const),
    ...rules,
  ]);
}

/** Facts, by their paths: what the same evidence shows must be the same. */
export function differingFacts(recorded: Facts, again: Facts): readonly Difference[] {
  return recorded === again ? [] : differing(factRows(recorded), factRows(again));
}

const SECTIONS = ['app', 'key', 'device', 'chain', 'runtime', 'history', 'threats'] as const;

function factRows(facts: Facts): Rows {
  const sections = SECTIONS.flatMap((section) =>
    Object.entries(facts[section]).map(([name, fact]) => [`${section}.${name}`, inWords(fact)] as const),
  );
  const { evidence, platform, signals } = facts;
  return new Map([
    ...sections,
    ['platform', inWords(platform)],
    ['evidence', evidence.join(', ')],
    ['signals', JSON.stringify(signals)],
  ]);
}

function inWords(fact: { readonly known: string; readonly value?: unknown }): string {
  return fact.known === 'absent' ? 'absent' : `${JSON.stringify(fact.value)} (${fact.known})`;
}

type Rows = ReadonlyMap<string, string>;

function differing(recorded: Rows, again: Rows): readonly Difference[] {
  const names = [...new Set([...recorded.keys(), ...again.keys()])];
  const rows = names.map((what) => ({
    what,
    recorded: recorded.get(what) ?? 'not there',
    again: again.get(what) ?? 'not there',
  }));
  return rows.filter((row) => row.recorded !== row.again).slice(0, MAX);
}
