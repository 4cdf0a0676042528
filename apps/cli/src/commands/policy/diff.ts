import { diffPolicies } from '@assay/policy';
import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { findPolicy, POLICY_OPERAND } from '../../policies/read.ts';
import { showDiff, toDiff } from '../../policies/told.ts';

const HELP = `
Compares two policies by what they judge, rule by rule, and says whether the second may let in what the first refuses.
OLD and NEW are each ${POLICY_OPERAND}.
Two files or presets need no server.

  --fail-if-loosens        exit 1 unless it is certain that NEW lets in nothing that OLD refuses
${SERVER_HELP}
  --json                   one JSON document, schema assay.policy.diff/1

Exit codes: 0 compared, 1 with --fail-if-loosens and it may, 2 usage, or refused by the server, 3 file or server not reached,
5 a policy, credential or address not usable.

Examples:
  assay policy diff house house.yaml
  assay policy diff house@3 house@4
  assay policy diff preset:standard preset:banking --json
`;

export const policyDiffCommand: Command = {
  name: 'policy diff',
  operands: 'OLD NEW [options]',
  summary: 'Compares two policies, and says whether the second is laxer.',
  help: HELP,
  options: { ...SERVER_OPTIONS, 'fail-if-loosens': { type: 'boolean' } },
  run,
};

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [old, next] = operandsOf(operands, ['OLD', 'NEW']);
  const admin = () => openAdmin(world, values);
  const [before, after] = [await findPolicy(world, admin, old), await findPolicy(world, admin, next)];
  const diff = diffPolicies(before, after);
  world.speech.out(world.speech.paint('bold', `${before.name}@${before.version} -> ${after.name}@${after.version}`));
  showDiff(world.speech, toDiff(diff));
  world.speech.result({ schema: 'assay.policy.diff/1', ...diff });
  return values['fail-if-loosens'] === true && diff.loosens !== 'no' ? EXIT.no : EXIT.ok;
}
