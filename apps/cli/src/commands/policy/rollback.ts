import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, numberOf, operandsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { Changed, showChanged } from '../../policies/told.ts';
import { fault } from '../../reasons.ts';

const HELP = `
Returns to the text of an older version of a policy, as a new version: nothing of the history is lost. Says the same of it as
\`assay policy apply\`, and needs a second person in the same cases. Where nothing may wait: \`assay enforce off\`.

  --to N                   the version to return to, see \`assay policy history\`
  --dry-run                only say what it would do
${SERVER_HELP}
  --json                   one JSON document, schema assay.policy.rollback/1

Exit codes: 0 in force, proposed, or with --dry-run looked at; 2 usage, or refused by the server; 3 server not reached;
5 credential (needs the scope policies) or address not usable.

Examples:
  assay policy rollback house --to 3
`;

export const policyRollbackCommand: Command = {
  name: 'policy rollback',
  operands: 'NAME --to N [options]',
  summary: 'Returns to an older version of a policy.',
  help: HELP,
  options: { ...SERVER_OPTIONS, to: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  run,
};

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [name] = operandsOf(operands, ['NAME']);
  const version = numberOf(values, 'to', 1, 1_000_000_000);
  if (version === undefined) throw fault('cli.usage', { message: 'an option is missing', expected: '--to' });
  const path = `policies/${encodeURIComponent(name)}/rollback?check=${values['dry-run'] === true}`;
  const changed = await openAdmin(world, values).post(path, { version }, Changed);
  showChanged(world.speech, changed);
  world.speech.result({ schema: 'assay.policy.rollback/1', to: version, ...changed });
  return EXIT.ok;
}
