import type { CheckResult, RuleTrace } from '@assay/core';
import { plain, type Speech, type Style } from '../../speech.ts';

const MARK: Readonly<Record<string, readonly [string, Style]>> = {
  passed: ['✔', 'green'],
  held: ['✔', 'green'],
  failed: ['✖', 'red'],
  not_run: ['·', 'dim'],
  not_applicable: ['·', 'dim'],
};

/** One line for each check; a failed one says what was expected, what was found and what to do. */
export function showChecks(speech: Speech, checks: readonly CheckResult[]): void {
  const width = Math.max(...checks.map(({ check }) => check.length));
  for (const check of checks) {
    speech.out(line(speech, check.outcome, check.check, width, noteOf(check)));
    if (check.outcome === 'failed') showFailure(speech, check, width);
  }
}

function noteOf(check: CheckResult): string {
  if (check.outcome === 'not_run') return 'not run';
  return check.note ?? check.proves;
}

function showFailure(speech: Speech, { code, clause, detail }: CheckResult, width: number): void {
  const rows: readonly [string, string | undefined][] = [
    ['reason', code],
    ['clause', clause],
    ['expected', detail?.expected],
    ['found', detail?.found],
    ['next', detail?.hint],
  ];
  const indent = ' '.repeat(width + 6);
  for (const [name, text] of rows) {
    if (text !== undefined) speech.out(`${indent}${speech.paint('dim', name.padEnd(9))}${plain(text, 400)}`);
  }
}

/** One line for each rule of the policy that applies. */
export function showRules(speech: Speech, trace: readonly RuleTrace[]): void {
  const rules = trace.filter(({ outcome }) => outcome !== 'not_applicable');
  const width = Math.max(...rules.map(({ rule }) => rule.length));
  for (const { rule, outcome, expected, found, code } of rules) {
    const note = outcome === 'held' ? found : `${code}: expected ${expected}, found ${found}`;
    speech.out(line(speech, outcome, rule, width, note));
  }
}

function line(speech: Speech, outcome: string, name: string, width: number, note: string): string {
  const [mark, style] = MARK[outcome] ?? ['?', 'yellow'];
  return `  ${speech.paint(style, mark)} ${name.padEnd(width)}  ${speech.paint('dim', plain(note, 300))}`;
}
