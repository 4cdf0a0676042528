import { z } from 'zod';
import { openServer } from '../../admin/client.ts';
import { ADDRESS_HELP, ADDRESS_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { moment } from '../../duration.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { plain } from '../../speech.ts';

const HELP = `
Lists operator credentials with what each may and until when, those that are revoked too. Tokens are not among it: the server
has none.

${ADDRESS_HELP}
  --json                   one JSON document, schema assay.credential.list/1

Exit codes: 0 listed, 2 refused by the server, 3 server not reached, 5 credential (needs the scope credentials) or address not
usable.

Examples:
  assay credential list
`;

export const credentialListCommand: Command = {
  name: 'credential list',
  operands: '[options]',
  summary: 'Lists operator credentials, without their tokens.',
  help: HELP,
  options: ADDRESS_OPTIONS,
  run,
};

/** The server stores scopes as JSON, and gives them out as they are stored. */
const Scopes = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'no JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.array(z.string()));

const Credentials = z.array(
  z.looseObject({
    ...{ id: z.string(), scopes: Scopes, createdAt: z.number() },
    ...{ expiresAt: z.number().nullable(), revokedAt: z.number().nullable() },
  }),
);

type Credential = z.output<typeof Credentials>[number];

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const { speech, now } = world;
  const credentials = await openServer(world, values).get('credentials', Credentials);
  for (const credential of credentials) {
    const { id, scopes } = credential;
    speech.out(`${plain(id)}  ${plain(scopes.join(', '))}  ${stateOf(credential, now())}`);
  }
  speech.result({ schema: 'assay.credential.list/1', credentials });
  return EXIT.ok;
}

function stateOf({ revokedAt, expiresAt }: Credential, now: number): string {
  if (revokedAt !== null) return `revoked ${moment(revokedAt)}`;
  if (expiresAt === null) return 'without an end';
  return expiresAt <= now ? `ended ${moment(expiresAt)}` : `until ${moment(expiresAt)}`;
}
