import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { createLab, type Pin } from '@assay/mitm';
import { type Command, operandsOf, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { AUTHORITY_FILE, writeLabFolder } from '../../mitm/lab-folder.ts';
import { DEFAULT_HOST } from '../../mitm/options.ts';
import { fault } from '../../reasons.ts';
import { plain, type Speech } from '../../speech.ts';

const HELP = `
Makes the keys of a lab that outlives its runs: an authority, and every key that a correct client pins. A build of the app
trusts the authority and pins the keys, so that \`assay mitm run --lab\` and \`assay mitm proxy --lab\` show it each fault
alone, today and after the next change. The folder is for this user alone (0700, files 0600) and must not be there, or be
empty: nothing is overwritten. Whoever has it reads the traffic of every build that trusts it; no release may.

  --json   one JSON document, schema assay.mitm.lab/1 (no private key)

Exit codes: 0 made, 2 usage, or something lies there, 3 a file cannot be written, 5 others may read the folder.

Examples:
  assay mitm lab ~/.assay-lab
  assay pins write --lab ~/.assay-lab --target android-nsc --out pins
`;

export const mitmLabCommand: Command = {
  name: 'mitm lab',
  operands: 'FOLDER',
  summary: 'Makes an authority and keys of a harness that outlive a run, for a build that trusts them.',
  help: HELP,
  options: {},
  run,
};

async function run({ speech, now, cwd }: World, operands: readonly string[]): Promise<ExitCode> {
  const [named] = operandsOf(operands, ['FOLDER']);
  const folder = resolve(cwd, named);
  if (existsSync(folder) && readdirSync(folder).length > 0) throw fault('cli.file_exists', { found: plain(folder) });
  speech.talk('assay: making keys; the large ones take some seconds');
  const lab = createLab({ clock: now, hosts: [DEFAULT_HOST] });
  const pins = await lab.pins();
  writeLabFolder(folder, lab.export());
  const until = new X509Certificate(lab.authority.pem).validToDate;
  show(speech, folder, pins, until);
  const authority = resolve(folder, AUTHORITY_FILE);
  speech.result({ schema: 'assay.mitm.lab/1', folder, authority, until: until.toISOString(), pins });
  return EXIT.ok;
}

function show({ out, paint }: Speech, folder: string, pins: readonly Pin[], until: Date): void {
  const where = plain(folder);
  out(`lab ${paint('bold', where)}`);
  out(`  authority  ${where}/${AUTHORITY_FILE}  (until ${until.toISOString().slice(0, 10)})`);
  for (const { key, pin } of pins) out(`  ${key.padEnd(21)}  ${pin}`);
  out();
  out('next');
  out(
    `  assay pins write --lab ${where} --all --out pins       a build that trusts the authority and pins the keys, from your assay.pins.yaml`,
  );
  out(`  assay mitm run --lab ${where} --exec 'COMMAND'         against a client on this machine`);
  out(`  assay mitm proxy --lab ${where} --host api.example.com    against an app on a phone`);
  out('  Keep the folder out of the repository: whoever has it reads the traffic of every build that trusts it.');
}
