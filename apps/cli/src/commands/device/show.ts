import { RequestError } from '@assay/core';
import { openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { SupportRecord, showRecord } from './record.ts';

const HELP = `
Shows what a support code stands for: every check with its clause, every rule of the policy with what it expected, what it found
and how that is known, the verdict and its reasons. Beside it what the device is said to be, what threats were raised, what could
not be asked, the stage of the roll-out, orders that had a say, what shadow policies would have said, and which orders hold for
this install now.
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
    const hint = error instanceof RequestError ? HINTS[error.code] : undefined;
    if (!(error instanceof RequestError) || hint === undefined) throw error;
    const own = error.detail.hint === undefined ? '' : `${error.detail.hint}; `;
    throw new RequestError(error.code, error.message, { ...error.detail, hint: own + hint }, { cause: error });
  }
}

/** The next step of whoever reads a code off a user's screen. */
const HINTS: Readonly<Record<string, string>> = {
  'tokens.support_code_invalid': 'ask the user to read the code again: its last sign is a check of the others',
  // An API refuses calls by itself, with codes that the server never sees.
  'http.support_unknown': "a code of a refused API call is in that API's own log (`onEvent` of the middleware)",
};
