import { z } from 'zod';
import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, requiredOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { ordersOf } from '../../orders/order.ts';
import { plain } from '../../speech.ts';

const HELP = `
Ends every \`assay enforce off\` of an app before its time. The stage of its roll-out is as it was.

  --app ID                 the app
${SERVER_HELP}
  --json                   one JSON document, schema assay.enforce.on/1

Exit codes: 0 the policy is enforced as the app's roll-out says, 2 usage, or refused by the server, 3 server not reached,
5 credential or address not usable.

Examples:
  assay enforce on --app com.example.bank
`;

export const enforceOnCommand: Command = {
  name: 'enforce on',
  operands: '--app ID [options]',
  summary: "Ends the rest of an app's policy.",
  help: HELP,
  options: { ...SERVER_OPTIONS, app: { type: 'string' } },
  run,
};

const Ended = z.looseObject({ id: z.string() });

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const app = requiredOf(values, 'app');
  const admin = openAdmin(world, values);
  const resting = (await ordersOf(admin, 'enforce_off', false)).filter(({ value }) => value === app);
  for (const { id } of resting) await admin.delete(`orders/${id}`, Ended);
  const ended = resting.map(({ id }) => id);
  const what = ended.length === 0 ? 'was not off' : 'is enforced again, from the next refresh of each install on';
  world.speech.out(`the policy of ${plain(app)} ${what}`);
  world.speech.result({ schema: 'assay.enforce.on/1', app, ended });
  return EXIT.ok;
}
