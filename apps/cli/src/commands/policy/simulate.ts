import type { AppraisedFacts } from '@assay/core';
import { assuranceCeiling } from '@assay/evidence';
import { createSimulation, type Policy, type SimulationReport } from '@assay/policy';
import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, numberOf, operandsOf, textOf, type Values, type World } from '../../command.ts';
import { durationOf } from '../../duration.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { fetchFacts, readFacts } from '../../policies/facts-rows.ts';
import { findPolicy, POLICY_OPERAND, readPolicyFile } from '../../policies/read.ts';
import { showSimulation } from '../../policies/simulated.ts';
import { percent } from '../../policies/told.ts';
import { fault } from '../../reasons.ts';

const DEFAULT_SECONDS = 7 * 86_400;
const PROGRESS_ROWS = 100_000;

const HELP = `
Says what the policy of FILE would have done to appraisals of the past: the table of tiers then and by it, who would be newly
refused and let in, by rule, version, model and platform, what each rule refuses by itself, and some of them one by one. The
facts come from a server, or from a file that was streamed from one before; the policy is evaluated here, and nothing of it
reaches the server. FILE may be - for stdin, or preset:NAME. Verdicts are those of the rules: passes and roll-outs are left
out on both sides, and a ban counts as refused among the recorded ones alone.

  --against OLD            compare with this policy instead of the verdicts as they were recorded:
                           ${POLICY_OPERAND}
  --app ID                 appraisals of this app alone
  --since SPAN             how far back, for example 24h (default: 7d)
  --facts FILE             rows that \`GET facts\` of the operator listener gave, instead of a server: one JSON document a
                           line, see docs/policy-operations.md; - is stdin
  --fail-if-newly-rejected P%
                           exit 1 when more of those let in than this share would be refused, for CI
  --samples N              how many of each kind to show one by one (default: 5)
${SERVER_HELP}
  --json                   one JSON document, schema assay.policy.simulate/1

Exit codes: 0 simulated, 1 more newly refused than --fail-if-newly-rejected allows, or nothing to simulate with, 2 usage, or
refused by the server, 3 file or server not reached, 5 a policy, credential or address not usable.

Examples:
  assay policy simulate house.yaml --app com.example.bank --since 7d
  assay policy simulate house.yaml --against house --app com.example.bank --fail-if-newly-rejected 0.5%
  assay policy simulate preset:banking
  assay policy simulate house.yaml --facts last-week.ndjson --json
`;

export const policySimulateCommand: Command = {
  name: 'policy simulate',
  operands: 'FILE [options]',
  summary: 'Says what a policy would have done to past appraisals.',
  help: HELP,
  options: {
    ...SERVER_OPTIONS,
    ...{ against: { type: 'string' }, app: { type: 'string' }, since: { type: 'string' }, facts: { type: 'string' } },
    ...{ 'fail-if-newly-rejected': { type: 'string' }, samples: { type: 'string' } },
  },
  run,
};

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [file] = operandsOf(operands, ['FILE']);
  const limit = shareOf(values);
  const policy = await readPolicyFile(world, file);
  const old = await oldOf(world, values);
  const sample = numberOf(values, 'samples', 0, 100) ?? 5;
  const simulation = createSimulation({
    old: old ?? 'recorded',
    new: policy,
    at: 'then',
    ceiling: assuranceCeiling,
    sample,
  });
  let rows = 0;
  for await (const row of rowsOf(world, values)) {
    simulation.add(row);
    rows += 1;
    if (rows % PROGRESS_ROWS === 0) world.speech.talk(`${rows} appraisals`);
  }
  const report = simulation.report();
  const isWithin = limit === undefined || (rows > 0 && report.rates.newlyRefused <= limit);
  tell(world, policy, old, report);
  tellLimit(world, limit, rows, isWithin);
  const against = old === undefined ? 'recorded' : `${old.name}@${old.version}`;
  world.speech.result({
    schema: 'assay.policy.simulate/1',
    policy: policy.name,
    against,
    withinLimit: isWithin,
    ...report,
  });
  return isWithin ? EXIT.ok : EXIT.no;
}

async function oldOf(world: World, values: Values): Promise<Policy | undefined> {
  const against = textOf(values, 'against');
  return against === undefined ? undefined : findPolicy(world, () => openAdmin(world, values), against);
}

async function* rowsOf(world: World, values: Values): AsyncGenerator<AppraisedFacts> {
  const [app, file] = [textOf(values, 'app'), textOf(values, 'facts')];
  if (file === undefined) {
    yield* streamed(world, values, app);
    return;
  }
  const since = durationOf(values, 'since');
  const from = since === undefined ? Number.NEGATIVE_INFINITY : world.now() - since * 1_000;
  for await (const row of readFacts(world, file))
    if ((app === undefined || row.app === app) && row.at >= from) yield row;
}

/** Of the last days, up to this moment. */
function streamed(world: World, values: Values, app: string | undefined): AsyncGenerator<AppraisedFacts> {
  const to = world.now() + 1;
  const from = Math.max(0, to - (durationOf(values, 'since') ?? DEFAULT_SECONDS) * 1_000);
  return fetchFacts(openAdmin(world, values), { from, to, app });
}

/** `0.5%` as 0.005. @throws RequestError `cli.usage` */
function shareOf(values: Values): number | undefined {
  const text = textOf(values, 'fail-if-newly-rejected');
  if (text === undefined) return undefined;
  const share = /^\d{1,3}(?:\.\d{1,6})?%$/.test(text) ? Number.parseFloat(text) / 100 : Number.NaN;
  if (share <= 1) return share;
  throw fault('cli.usage', { message: '--fail-if-newly-rejected is no share', expected: 'for example 0.5%' });
}

function tell({ speech }: World, { name }: Policy, old: Policy | undefined, report: SimulationReport): void {
  const against = old === undefined ? 'the verdicts as they were recorded' : `${old.name}@${old.version}`;
  speech.out(speech.paint('bold', `${name}, against ${against}`));
  showSimulation(speech, report);
}

function tellLimit({ speech }: World, limit: number | undefined, rows: number, isWithin: boolean): void {
  if (rows === 0) speech.talk('there is nothing to simulate with: no appraisal of that app and time');
  if (limit === undefined) return;
  const style = isWithin ? 'green' : 'red';
  speech.out(
    speech.paint(['bold', style], `${isWithin ? 'WITHIN' : 'NOT WITHIN'} --fail-if-newly-rejected ${percent(limit)}`),
  );
}
