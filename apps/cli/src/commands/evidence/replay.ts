import { z } from 'zod';
import { type Admin, openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { moment } from '../../duration.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { fault } from '../../reasons.ts';
import { plain, type Speech } from '../../speech.ts';

const HELP = `
Makes a stored decision again and compares. Where the evidence was kept (\`retainEvidenceDays\` of the app) it is VERIFIED
AGAIN, with the clock, the anchors and the status list of that time where they are still here; else the stored facts are
EVALUATED AGAIN. Both by the recorded version of the policy. The answer says which of the two it was, and what of that time
is not here any more.

EVENT is the id of an appraisal, or the support code that a user reads out.

${SERVER_HELP}
  --json                   one JSON document, schema assay.evidence.replay/1

Exit codes: 0 the same verdict, 1 another one, 2 no such event, or it cannot be made again, 3 server not reached,
5 credential (needs the scope evidence) or address not usable.

Examples:
  assay evidence replay 019a8c0f5e4d0123456789abcdef0123
  assay evidence replay '7KQ2M-9XR4T-V' --json
`;

export const replayCommand: Command = {
  name: 'evidence replay',
  operands: 'EVENT [options]',
  summary: 'Makes a stored decision again, and compares.',
  help: HELP,
  options: SERVER_OPTIONS,
  run,
};

const Outcome = z.looseObject({ tier: z.string(), assurance: z.string(), reasons: z.array(z.string()) });

const Replay = z.looseObject({
  appraisal: z.string(),
  support: z.string(),
  at: z.number(),
  mode: z.enum(['reverified', 'reevaluated']),
  policy: z.string(),
  same: z.boolean(),
  recorded: Outcome,
  again: Outcome,
  differences: z.array(z.looseObject({ what: z.string(), recorded: z.string(), again: z.string() })),
  notes: z.array(z.string()),
});

type Replay = z.output<typeof Replay>;

const MODES: Readonly<Record<Replay['mode'], string>> = {
  reverified: 'VERIFIED AGAIN, from the evidence that was kept',
  reevaluated: 'EVALUATED AGAIN, from the stored facts: no evidence is kept',
};

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [event] = operandsOf(operands, ['EVENT']);
  const admin = openAdmin(world, values);
  const replay = await admin.post(`appraisals/${await idOf(admin, event)}/replay`, {}, Replay);
  show(world.speech, replay);
  world.speech.result({ schema: 'assay.evidence.replay/1', ...replay });
  return replay.same ? EXIT.ok : EXIT.no;
}

const SupportRecord = z.looseObject({ appraisal: z.looseObject({ id: z.string() }).nullable() });

/** An id as it stands; a support code is looked up, which is audited like every look-up. */
async function idOf(admin: Admin, event: string): Promise<string> {
  if (/^[0-9a-f]{32}$/.test(event)) return event;
  const { appraisal } = await admin.get(`support/${encodeURIComponent(event)}`, SupportRecord);
  if (appraisal !== null) return appraisal.id;
  throw fault('cli.no_decision');
}

function show(
  speech: Speech,
  { appraisal, support, at, mode, policy, same, recorded, again, differences, notes }: Replay,
): void {
  speech.out(`${appraisal}  ${plain(support)}  ${moment(at)}  policy ${plain(policy)}`);
  speech.out(MODES[mode]);
  for (const note of notes) speech.out(speech.paint('dim', `  ${plain(note)}`));
  if (same) {
    speech.out(`${speech.paint(['bold', 'green'], 'SAME')}  ${inWords(recorded)}`);
    return;
  }
  speech.out(speech.paint(['bold', 'red'], 'ANOTHER VERDICT'));
  speech.out(`  recorded  ${inWords(recorded)}`);
  speech.out(`  again     ${inWords(again)}`);
  for (const { what, recorded: before, again: now } of differences) {
    speech.out(`  ${plain(what)}: ${plain(before)} then, ${plain(now)} now`);
  }
}

function inWords({ tier, assurance, reasons }: z.output<typeof Outcome>): string {
  const why = reasons.length === 0 ? '' : `  ${plain(reasons.join(', '))}`;
  return `${plain(tier)}, assurance ${plain(assurance)}${why}`;
}
