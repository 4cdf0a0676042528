import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES, type Rule } from '../../src/index.ts';

/** The page of every rule, made out of the rules themselves. */
export const RULES_PAGE: string = join(import.meta.dirname, '../../../../docs/pins-rules.md');

export function renderRules(rules: readonly Rule[] = RULES): string {
  const rows = rules.map(({ id, name, severity, summary, live }) => {
    return `| [${id}](#${id.toLowerCase()}) | ${name} | ${severity}${live === true ? ', `--live`' : ''} | ${cell(summary)} |`;
  });
  return [
    '# Rules of `assay pins lint`',
    '',
    'This page is made out of the rules by `node --conditions=@assay/source packages/pin-configs/test/support/rules-page.ts`, and a',
    'test compares the two. Severity: an `error` lets attackers in or breaks the app, a `warning` will do so one day or under a',
    'condition, `info` is worth knowing. A finding is taken back in its own file by a comment (`assay-ignore P001: reason`) or by',
    "Android's `tools:ignore`, and for a whole project by a baseline file.",
    '',
    '| rule | name | severity | fires when |',
    '|---|---|---|---|',
    ...rows,
    '',
    ...rules.flatMap(section),
  ].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const prose = (text: string): string => text.replaceAll('<', '&lt;');

function section(rule: Rule): string[] {
  const { id, name, severity, summary, why, attacker, lockout, fix, masvs, maswe } = rule;
  const [first] = rule.fires;
  return [
    `## ${id}`,
    '',
    `**${name}**, ${severity}. ${prose(summary)} ${prose(why)}`,
    '',
    `- An attacker gains: ${prose(attacker)}`,
    `- Locked out: ${prose(lockout)}`,
    `- What to do: ${prose(fix)}`,
    `- ${masvs}, ${maswe}`,
    '',
    ...(first ?? []).flatMap(({ path, text }) => [`\`${path}\``, '', '````', text.trimEnd(), '````', '']),
  ];
}

if (process.argv[1] === import.meta.filename) writeFileSync(RULES_PAGE, renderRules());
