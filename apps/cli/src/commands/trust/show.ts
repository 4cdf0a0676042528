import { z } from 'zod';
import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { moment } from '../../duration.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { plain, type Speech } from '../../speech.ts';
import { showAdvisories } from '../advisories/told.ts';

const HELP = `
Shows whom a server believes and how fresh that is: the set of vendors' roots, Google's status list, what is fetched in the
background and from where, the advisories in force, and every alarm about them.

${SERVER_HELP}
  --json                   one JSON document, schema assay.trust.show/1

Exit codes: 0 shown and no alarm, 1 at least one alarm, 2 refused by the server, 3 server not reached,
5 credential or address not usable.

Examples:
  assay trust show
  assay trust show --json
`;

export const trustShowCommand: Command = {
  name: 'trust show',
  operands: '[options]',
  summary: 'Shows whom a server believes, and how fresh that is.',
  help: HELP,
  options: SERVER_OPTIONS,
  run,
};

const Time = z.number().nullable();

const Source = z.looseObject({
  ...{ source: z.string(), from: z.string(), confirmedAt: Time, freshUntil: Time, triedAt: Time, nextAt: Time },
  ...{ error: z.string().nullable(), version: z.string().nullable() },
  alarms: z.array(z.looseObject({ alarm: z.string(), about: z.string().nullable() })),
});

const Advisory = z.looseObject({
  ...{ id: z.string(), title: z.string(), severity: z.enum(['low', 'medium', 'high', 'critical']) },
  affects: z.object({
    ...{
      app: z.string().exactOptional(),
      appUpTo: z.string().exactOptional(),
      patchBefore: z.string().exactOptional(),
    },
    ...{ sdk: z.array(z.string()).exactOptional(), osBuilds: z.array(z.string()).exactOptional() },
    models: z.array(z.string()).exactOptional(),
  }),
});

const State = z.looseObject({
  ...{ anchors: z.string(), trustedRoots: z.array(z.string()), newRoots: z.string(), sources: z.array(Source) },
  advisories: z.looseObject({ version: z.number(), expiresAt: z.number(), advisories: z.array(Advisory) }).nullable(),
});

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const { speech, now } = world;
  const state = await openAdmin(world, values).get('trust', State);
  speech.out(speech.paint('bold', `anchors ${plain(state.anchors)}`));
  for (const root of state.trustedRoots) speech.out(`  and ${plain(root)}, as its vendor publishes it`);
  if (state.sources.length === 0) speech.out('  nothing is fetched or read beside them');
  for (const source of state.sources) showSource(speech, source);
  if (state.advisories !== null) showAdvisories(speech, state.advisories, now());
  speech.result({ schema: 'assay.trust.show/1', ...state });
  return state.sources.every(({ alarms }) => alarms.length === 0) ? EXIT.ok : EXIT.no;
}

function showSource(
  speech: Speech,
  { source, from, confirmedAt, version, error, alarms }: z.output<typeof Source>,
): void {
  const when = confirmedAt === null ? 'no copy' : `confirmed ${moment(confirmedAt)}`;
  const which = version === null ? '' : `, version ${plain(version)}`;
  speech.out(`  ${plain(source)}  ${when}${which}  ${plain(from)}`);
  if (error !== null) speech.out(`    last attempt: ${plain(error)}`);
  for (const { alarm, about } of alarms) {
    const what = about === null ? '' : ` ${plain(about)}`;
    speech.out(`    ${speech.paint(['bold', 'red'], `ALARM ${plain(alarm)}${what}`)}`);
  }
}
