import { STAGES } from '@assay/core';
import { z } from 'zod';
import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, numberOf, operandsOf, textOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { Registered, showRegistered } from '../../policies/registered.ts';
import { fault } from '../../reasons.ts';

const HELP = `
Moves an app to another stage of its roll-out: off, monitor, soft, enforce for a share of its installs, enforce. Nothing else of
its registration changes, but its policy with --policy. Says how many appraisals a day that affects, how many of those of the
last 7 days would have been refused that were not, the largest group among them, and the command that takes it back.

  off, monitor, soft   decisions are recorded, and nobody is refused: whom the policy refuses gets a token of the lowest
                       assurance that names the stage (\`att.stg\`), so that a route may tell the three apart
  enforce              refuses; with --percent N a share of the installs, always the same ones

  --percent N              with enforce: the share, 0 to 100 (default: 100)
  --policy NAME            name another policy at the same time
  --dry-run                only say what it would do
${SERVER_HELP}
  --json                   one JSON document, schema assay.app.rollout/1

Exit codes: 0 changed, proposed to a second person, or with --dry-run looked at; 2 usage, or refused by the server; 3 server
not reached; 5 credential (needs the scopes read and apps) or address not usable.

Examples:
  assay app rollout com.example.bank monitor
  assay app rollout com.example.bank enforce --percent 10 --dry-run
`;

export const appRolloutCommand: Command = {
  name: 'app rollout',
  operands: 'APP STAGE [options]',
  summary: 'Moves an app to another stage of its roll-out, and says what that does.',
  help: HELP,
  options: {
    ...SERVER_OPTIONS,
    ...{ percent: { type: 'string' }, policy: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  },
  run,
};

const Apps = z.array(z.looseObject({ id: z.string(), version: z.int(), document: z.looseObject({}) }));

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [name, stage] = operandsOf(operands, ['APP', 'STAGE']);
  const rollout = rolloutOf(stage, numberOf(values, 'percent', 0, 100));
  const admin = openAdmin(world, values);
  const app = (await admin.get('apps', Apps)).find(({ id }) => id === name);
  if (app === undefined) throw fault('cli.app_unknown', { found: name });
  const policy = textOf(values, 'policy');
  const document = { ...app.document, rollout, ...(policy === undefined ? {} : { policy }) };
  const query = `version=${app.version}&check=${values['dry-run'] === true}`;
  const answer = await admin.put(`apps/${encodeURIComponent(name)}?${query}`, document, Registered);
  showRegistered(world.speech, { noun: 'app', name }, answer);
  world.speech.result({ schema: 'assay.app.rollout/1', id: name, rollout, ...answer });
  return EXIT.ok;
}

function rolloutOf(text: string, percent: number | undefined) {
  const stage = STAGES.find((each) => each === text);
  if (stage === undefined) throw fault('cli.usage', { message: 'this is no stage', expected: STAGES.join(', ') });
  if (percent !== undefined && stage !== 'enforce')
    throw fault('cli.usage', { expected: '--percent with enforce alone' });
  return { stage, ...(percent === undefined ? {} : { percent }) };
}
