import { RULES, type Rule } from '@assay/pin-configs';
import type { Command, World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { ruleNamed } from '../../pins/lint/rule-named.ts';
import type { Speech } from '../../speech.ts';

const HELP = `
Lists the rules of \`assay pins lint\`, or explains those that are named: when a rule fires, why, what somebody who attacks
the app gains by it, who would be locked out, what to do, and an example.

  --json                   one JSON document, schema assay.pins.rules/1

Exit codes: 0 shown, 2 usage or no such rule.

Examples:
  assay pins rules
  assay pins rules P001 N009
`;

export const pinsRulesCommand: Command = {
  name: 'pins rules',
  operands: '[RULE…] [options]',
  summary: 'Lists and explains the rules of pins lint.',
  help: HELP,
  options: {},
  run,
};

async function run({ speech }: World, operands: readonly string[]): Promise<ExitCode> {
  const rules = operands.length === 0 ? RULES : operands.map(ruleNamed);
  for (const rule of rules) {
    if (operands.length === 0) list(speech, rule);
    else explain(speech, rule);
  }
  speech.result({ schema: 'assay.pins.rules/1', rules: rules.map(({ check: _check, ...about }) => about) });
  return EXIT.ok;
}

function list(speech: Speech, { id, severity, name, summary }: Rule): void {
  speech.out(`${speech.paint('bold', id)}  ${severity.padEnd(7)}  ${name.padEnd(28)}  ${summary}`);
}

function explain(speech: Speech, rule: Rule): void {
  speech.out(`${speech.paint('bold', `${rule.id} ${rule.name}`)}  ${rule.severity}  ${rule.masvs} ${rule.maswe}`);
  speech.out(`  ${rule.summary}`);
  const rows = { why: rule.why, attacker: rule.attacker, 'locked out': rule.lockout, fix: rule.fix };
  for (const [label, text] of Object.entries(rows)) speech.out(`  ${speech.paint('dim', label.padEnd(10))}  ${text}`);
  for (const { path, text } of rule.fires[0] ?? []) {
    speech.out(`  ${speech.paint('dim', 'fires on'.padEnd(10))}  ${path}`);
    for (const line of text.trimEnd().split('\n')) speech.out(`    | ${line}`);
  }
  speech.out();
}
