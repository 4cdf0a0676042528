import { type CheckResult, RequestError, type RuleTrace } from '@assay/core';
import { z } from 'zod';
import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { plain, type Speech } from '../../speech.ts';
import { showChecks, showRules } from '../evidence/show.ts';

const HELP = `
Shows what a support code stands for: every check with its clause, every rule of the policy, the verdict and its reasons.
CODE as the user reads it: any case, spaces and dashes do not matter. In quotes: its last sign may be one that shells take for
their own (* ~ $ =). A code of a call that your API refused is not
here but in the API's own log, where its middleware reports to \`onEvent\`.

${SERVER_HELP}
  --json                   one JSON document, schema assay.device.show/1

Exit codes: 0 shown, 2 no such code, or refused by the server, 3 file or server not reached,
5 credential or address not usable.

Examples:
  assay device show '7KQ2M-9XR4T-V'
  assay device show '7kq2m9xr4tv' --json
`;

export const deviceShowCommand: Command = {
  name: 'device show',
  operands: 'CODE [options]',
  summary: 'Shows the full trace behind a support code.',
  help: HELP,
  options: SERVER_OPTIONS,
  run,
};

const Check: z.ZodType<CheckResult> = z.looseObject({
  check: z.string(),
  clause: z.string(),
  proves: z.string(),
  outcome: z.enum(['passed', 'failed', 'not_run']),
  note: z.string().exactOptional(),
  code: z.string().exactOptional(),
  detail: z
    .looseObject({ expected: z.string().optional(), found: z.string().optional(), hint: z.string().optional() })
    .exactOptional(),
});

const Rule: z.ZodType<RuleTrace> = z.looseObject({
  rule: z.string(),
  outcome: z.enum(['held', 'failed', 'not_applicable']),
  code: z.string().exactOptional(),
  expected: z.string(),
  found: z.string(),
  known: z.enum(['proven', 'claimed', 'absent', 'mixed']),
});

const Appraisal = z.looseObject({
  app: z.string(),
  at: z.number(),
  purpose: z.string(),
  checks: z.array(Check),
  verdict: z.looseObject({
    tier: z.string(),
    assurance: z.string(),
    policy: z.string(),
    reasons: z.array(z.string()),
    trace: z.array(Rule),
  }),
});

const Rejection = z.looseObject({ app: z.string(), at: z.number(), code: z.string(), checks: z.array(Check) });

/** What the admin API keeps under a support code. */
export const SupportRecord = z.looseObject({ appraisal: Appraisal.nullable(), rejection: Rejection.nullable() });

type SupportRecord = z.output<typeof SupportRecord>;

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [code] = operandsOf(operands, ['CODE']);
  const record = await recordOf(world, code, values);
  showRecord(world.speech, record);
  world.speech.result({ schema: 'assay.device.show/1', ...record });
  return EXIT.ok;
}

async function recordOf(world: World, code: string, values: Values): Promise<SupportRecord> {
  try {
    return await openAdmin(world, values).get(`support/${encodeURIComponent(code)}`, SupportRecord);
  } catch (error) {
    if (error instanceof RequestError && error.code === 'http.support_unknown') throw withApiHint(error);
    throw error;
  }
}

/** An API refuses calls by itself, with codes that the server never sees. */
function withApiHint(error: RequestError): RequestError {
  const own = error.detail.hint === undefined ? '' : `${error.detail.hint}; `;
  const hint = `${own}a code of a refused API call is in that API's own log (\`onEvent\` of the middleware)`;
  return new RequestError(error.code, error.message, { ...error.detail, hint }, { cause: error });
}

export function showRecord(speech: Speech, { appraisal, rejection }: SupportRecord): void {
  if (appraisal !== null) showAppraisal(speech, appraisal);
  if (rejection === null) return;
  const { app, at, code, checks } = rejection;
  speech.out(`${speech.paint('bold', plain(app))}  ${timeOf(at)}  ${speech.paint('red', 'rejected')} ${plain(code)}`);
  if (checks.length > 0) showChecks(speech, checks);
}

function showAppraisal(speech: Speech, { app, at, purpose, checks, verdict }: z.output<typeof Appraisal>): void {
  const { tier, assurance, policy, reasons, trace } = verdict;
  speech.out(`${speech.paint('bold', plain(app))}  ${timeOf(at)}  ${plain(purpose)}`);
  speech.out('Evidence');
  showChecks(speech, checks);
  speech.out(`Policy ${plain(policy)}`);
  showRules(speech, trace);
  const why = reasons.length === 0 ? '' : `  ${plain(reasons.join(', '))}`;
  speech.out(speech.paint('bold', `${plain(tier)}, assurance ${plain(assurance)}${why}`));
}

const timeOf = (at: number): string => new Date(at).toISOString();
