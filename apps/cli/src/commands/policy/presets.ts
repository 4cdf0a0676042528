import { PRESETS } from '@assay/policy';
import type { Command, Values, World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { readPreset } from '../../policies/read.ts';
import { fault } from '../../reasons.ts';

const HELP = `
Lists the policies that come with assay, or prints the text of one: a file to start from, with its reasons and its examples.
An app names one as its \`policy\`, or a stored one of your own. Works offline.

  --json                   one JSON document, schema assay.policy.presets/1

Exit codes: 0 listed, 2 no preset of that name.

Examples:
  assay policy presets
  assay policy presets banking > house.yaml
`;

export const policyPresetsCommand: Command = {
  name: 'policy presets',
  operands: '[NAME]',
  summary: 'Lists the policies that come with assay, or prints one.',
  help: HELP,
  options: {},
  run,
};

async function run({ speech }: World, operands: readonly string[], _: Values): Promise<ExitCode> {
  const [name, ...more] = operands;
  if (more.length > 0) throw fault('cli.usage', { expected: '[NAME]', found: `${operands.length} operands` });
  if (name !== undefined) {
    const { source, version } = readPreset(name);
    speech.out(source.trimEnd());
    speech.result({ schema: 'assay.policy.presets/1', presets: [{ name, version, source }] });
    return EXIT.ok;
  }
  const width = Math.max(...PRESETS.map((preset) => preset.name.length));
  for (const { name: each, audience } of PRESETS) speech.out(`${each.padEnd(width)}  ${audience}`);
  speech.talk('print one: assay policy presets NAME; what each asks of which devices: docs/policies.md');
  const presets = PRESETS.map(({ name, title, audience, policy: { version, description } }) => ({
    ...{ name, title, version, audience, description },
  }));
  speech.result({ schema: 'assay.policy.presets/1', presets });
  return EXIT.ok;
}
