import { deadRules, type ExampleResult, testPolicy } from '@assay/policy';
import { type Command, operandsOf, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { readPolicyFile } from '../../policies/read.ts';
import { plain, type Speech } from '../../speech.ts';
import { showRules } from '../evidence/show.ts';

const HELP = `
Runs the examples that a policy file holds, and finds rules that can never fire. Works offline. FILE may be - for stdin,
or preset:NAME.

  --json                   one JSON document, schema assay.policy.test/1

Exit codes: 0 every example comes out as it says and every rule can fire, 1 not so, 2 usage, 3 file unreadable,
5 a policy that does not compile: every fault is named with line and column.

Examples:
  assay policy test house.yaml
  assay policy test preset:banking
`;

export const policyTestCommand: Command = {
  name: 'policy test',
  operands: 'FILE',
  summary: 'Runs the examples of a policy, and finds rules that never fire.',
  help: HELP,
  options: {},
  run,
};

async function run(world: World, operands: readonly string[]): Promise<ExitCode> {
  const [file] = operandsOf(operands, ['FILE']);
  const { speech } = world;
  const policy = await readPolicyFile(world, file);
  const [examples, dead] = [testPolicy(policy), deadRules(policy)];
  const failed = examples.filter(({ passed }) => !passed);
  for (const example of examples) showExample(speech, example);
  for (const { rule, because } of dead)
    speech.out(`  ${speech.paint('yellow', '!')} rule ${rule} can never fire: ${plain(because)}`);
  if (examples.length === 0)
    speech.talk(`${plain(policy.name)} has no examples: nothing shows that it does what it is for`);
  const isGood = failed.length === 0 && dead.length === 0;
  const counts = `${examples.length - failed.length} of ${examples.length} examples, ${dead.length} dead ${dead.length === 1 ? 'rule' : 'rules'}`;
  speech.out(
    `${speech.paint(isGood ? ['bold', 'green'] : ['bold', 'red'], isGood ? 'PASSED' : 'FAILED')}  ${plain(policy.name)}  ${counts}`,
  );
  speech.result({ schema: 'assay.policy.test/1', policy: policy.name, passed: isGood, examples, dead });
  return isGood ? EXIT.ok : EXIT.no;
}

function showExample(speech: Speech, { name, passed, mismatches, verdict }: ExampleResult): void {
  speech.out(`  ${passed ? speech.paint('green', '✔') : speech.paint('red', '✖')} ${plain(name)}`);
  for (const { what, expected, found } of mismatches) {
    speech.out(`      ${plain(what)}: expected ${plain(expected)}, found ${plain(found)}`);
  }
  if (passed) return;
  const failing = verdict.trace.filter(({ outcome }) => outcome === 'failed');
  if (failing.length > 0) showRules(speech, failing);
}
