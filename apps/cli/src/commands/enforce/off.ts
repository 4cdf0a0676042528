import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, requiredOf, type Values, type World } from '../../command.ts';
import { requiredDurationOf } from '../../duration.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { Ordered, showBanner, tellWhen } from '../../orders/order.ts';

const HELP = `
Lets an app's policy rest: every install with valid evidence gets a token, also one that the policy refuses. For an incident
in which the policy locks good users out, and nothing else helps at once. It ends by itself, after a day at the latest; the
audit log, the server's log, the metric assay_enforcement_off and \`assay policy show\` tell of it. Bans hold on. The token says
\`att.stg\`, has the lowest assurance, and carries no secret; a route may refuse it. Decisions are recorded as the policy has them.

  --app ID                 the app
  --for SPAN               at most 24h, for example 1h
  --reason TEXT            why, for whoever reads the audit log: 3 to 500 characters
${SERVER_HELP}
  --json                   one JSON document, schema assay.enforce.off/1

Exit codes: 0 off, 2 usage, or refused by the server, 3 server not reached, 5 credential or address not usable.

Examples:
  assay enforce off --app com.example.bank --for 1h --reason 'incident 77: patch rule hits a whole model'
`;

export const enforceOffCommand: Command = {
  name: 'enforce off',
  operands: '--app ID --for SPAN --reason TEXT [options]',
  summary: "Lets an app's policy rest for a while.",
  help: HELP,
  options: { ...SERVER_OPTIONS, app: { type: 'string' }, for: { type: 'string' }, reason: { type: 'string' } },
  run,
};

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const [value, reason] = [requiredOf(values, 'app'), requiredOf(values, 'reason')];
  const wish = { effect: 'enforce_off', target: 'app', value, reason, seconds: requiredDurationOf(values, 'for') };
  const { order, tokenSeconds } = await openAdmin(world, values).post('orders', wish, Ordered);
  showBanner(world.speech, [order]);
  tellWhen(world.speech, 'THIS', order, tokenSeconds);
  world.speech.result({ schema: 'assay.enforce.off/1', order, tokenSeconds });
  return EXIT.ok;
}
