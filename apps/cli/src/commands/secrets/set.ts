import { toBase64 } from '@assay/formats';
import { z } from 'zod';
import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, numberOf, operandsOf, requiredOf, textOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { readInput, readStdin } from '../../input.ts';
import { fault } from '../../reasons.ts';

const MAX_BYTES = 4_096;
const NEWLINE = 0x0a;

const HELP = `
Stores a new version of a secret that the app NAME gets sealed to its key. The value comes from a file or from stdin, never
from the command line, where other processes could read it. It is taken byte for byte, at most ${MAX_BYTES} bytes.

  --file FILE|-            the value; - is stdin
  --trim-newline           leave out one newline at the end
  --minimum LEVEL          assurance that a device needs: low, substantial (default), high
  --max-per-day N          deliveries for one install and day (default 96)
  --lifetime SECONDS       after which the app forgets it (default 900)
  --on-warning             deliver on tier warning too
${SERVER_HELP}
  --json                   one JSON document, schema assay.secrets.set/1

Exit codes: 0 stored, 2 usage, or refused by the server, 3 file or server not reached, 5 credential or address not usable.

Examples:
  assay secrets set com.example.bank maps --file maps.key
  printf %s "$MAPS_KEY" | assay secrets set com.example.bank maps --file - --minimum high
`;

export const secretsSetCommand: Command = {
  name: 'secrets set',
  operands: 'APP NAME --file FILE|- [options]',
  summary: 'Stores a secret for delivery to genuine copies of an app.',
  help: HELP,
  options: {
    ...SERVER_OPTIONS,
    file: { type: 'string' },
    'trim-newline': { type: 'boolean' },
    minimum: { type: 'string' },
    'max-per-day': { type: 'string' },
    lifetime: { type: 'string' },
    'on-warning': { type: 'boolean' },
  },
  run,
};

const Answer = z.looseObject({ version: z.int() });

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [app, name] = operandsOf(operands, ['APP', 'NAME']);
  const admin = openAdmin(world, values);
  const rule = ruleOf(values);
  const value = toBase64(await readValue(world, values));
  const path = `apps/${encodeURIComponent(app)}/secrets/${encodeURIComponent(name)}`;
  const { version } = await admin.put(path, { value, rule }, Answer);
  world.speech.out(`secret ${name} of ${app} is stored, version ${version}`);
  world.speech.result({ schema: 'assay.secrets.set/1', app, name, version });
  return EXIT.ok;
}

async function readValue(world: World, values: Values): Promise<Uint8Array> {
  const file = requiredOf(values, 'file');
  const bytes = file === '-' ? await readStdin(world, MAX_BYTES + 1) : readInput(file, MAX_BYTES + 1);
  const endsInNewline = bytes.at(-1) === NEWLINE;
  const value = endsInNewline && values['trim-newline'] === true ? bytes.subarray(0, -1) : bytes;
  if (value.length === 0 || value.length > MAX_BYTES) {
    throw fault('cli.usage', { message: 'the value has no fitting length', expected: `1 to ${MAX_BYTES} bytes` });
  }
  if (value === bytes && endsInNewline) world.speech.talk('the value ends in a newline, which is stored with it');
  return value;
}

/** Members that were given; the server knows the defaults. */
function ruleOf(values: Values): object {
  const rule = {
    minimum: textOf(values, 'minimum'),
    maxPerDay: numberOf(values, 'max-per-day', 1, 10_000),
    lifetime: numberOf(values, 'lifetime', 30, 86_400),
    onWarning: values['on-warning'] === true ? true : undefined,
  };
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined));
}
