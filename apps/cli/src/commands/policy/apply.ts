import { ConfigError } from '@assay/core';
import { z } from 'zod';
import { type Admin, openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, numberOf, operandsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { readPolicyFile } from '../../policies/read.ts';
import { Changed, showChanged } from '../../policies/told.ts';

const HELP = `
Puts the policy of FILE into force under the name that it bears, as a new version, and says what that does: what changes,
how many appraisals a day it affects, how many of the last 7 days it would have newly refused, the largest group among them, and
the command that takes it back. A file with a fault is refused whole, with line and column, and the version in force stays.

A change that may let in more than before, of a policy that an app with \`twoPersons\` enforces, becomes a proposal that the
holder of another credential approves.

  --dry-run                only say what it would do
  --version N              change only this version, 0 for a new policy (default: whatever is there)
${SERVER_HELP}
  --json                   one JSON document, schema assay.policy.apply/1

Exit codes: 0 in force, proposed, or with --dry-run looked at; 2 usage, or refused by the server; 3 file or server not
reached; 5 the policy, the credential (needs the scope policies) or the address is not usable.

Examples:
  assay policy apply house.yaml --dry-run
  assay policy apply house.yaml --version 3
`;

export const policyApplyCommand: Command = {
  name: 'policy apply',
  operands: 'FILE [options]',
  summary: 'Puts a policy into force, and says what that does.',
  help: HELP,
  options: { ...SERVER_OPTIONS, 'dry-run': { type: 'boolean' }, version: { type: 'string' } },
  run,
};

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [file] = operandsOf(operands, ['FILE']);
  const from = numberOf(values, 'version', 0, Number.MAX_SAFE_INTEGER);
  const { name, source } = await readPolicyFile(world, file);
  const isDry = values['dry-run'] === true;
  const query = `?check=${isDry}${from === undefined ? '' : `&version=${from}`}`;
  const admin = openAdmin(world, values);
  const changed = await admin.put(`policies/${encodeURIComponent(name)}${query}`, { source }, Changed);
  const isSame = isDry && (await isInForce(admin, changed, source));
  const told = isSame ? { ...changed, unchanged: true } : changed;
  showChanged(world.speech, told);
  world.speech.result({ schema: 'assay.policy.apply/1', ...told });
  return EXIT.ok;
}

const Version = z.looseObject({ source: z.string() });

/** Whether the newest version has this very text. Not known to a credential that may not read: a change is named then. */
async function isInForce(admin: Admin, { name, base, changes }: Changed, source: string): Promise<boolean> {
  if (base === 0 || changes.length > 0) return false;
  try {
    return (await admin.get(`policies/${encodeURIComponent(name)}/versions/${base}`, Version)).source === source;
  } catch (error) {
    if (error instanceof ConfigError && error.code === 'cli.credential_refused') return false;
    throw error;
  }
}
