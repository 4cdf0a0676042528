import { z } from 'zod';
import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { moment } from '../../duration.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { plain } from '../../speech.ts';

const HELP = `
Lists the grants by which simulators and CI may enrol, with what is left of each.

${SERVER_HELP}
  --json                   one JSON document, schema assay.dev.grants/1

Exit codes: 0 listed, 2 refused by the server, 3 server not reached, 5 credential or address not usable.

Examples:
  assay dev grants --issuer main/dev
`;

export const devGrantsCommand: Command = {
  name: 'dev grants',
  operands: '[options]',
  summary: 'Lists grants for simulators and CI.',
  help: HELP,
  options: SERVER_OPTIONS,
  run,
};

const Grants = z.array(
  z.looseObject({
    ...{ id: z.string(), app: z.string(), label: z.string(), uses: z.number(), maxUses: z.number() },
    ...{ expiresAt: z.number(), revokedAt: z.number().nullable() },
  }),
);

type Grant = z.output<typeof Grants>[number];

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const { speech, now } = world;
  const grants = await openAdmin(world, values).get('grants', Grants);
  if (grants.length === 0) speech.talk('there is no grant: assay dev grant');
  for (const grant of grants) {
    const { id, app, label, uses, maxUses } = grant;
    speech.out(`${id}  ${plain(app)}  ${plain(label)}  ${uses} of ${maxUses} used, ${stateOf(grant, now())}`);
  }
  speech.result({ schema: 'assay.dev.grants/1', grants });
  return EXIT.ok;
}

function stateOf({ revokedAt, expiresAt, uses, maxUses }: Grant, now: number): string {
  if (revokedAt !== null) return `revoked ${moment(revokedAt)}`;
  if (expiresAt <= now) return `ended ${moment(expiresAt)}`;
  return uses >= maxUses ? 'used up' : `until ${moment(expiresAt)}`;
}
