import { resolve } from 'node:path';
import { createLab, KEYS } from '@assay/mitm';
import type { LabVariant } from '@assay/pin-configs';
import { textOf, type Values, type World } from '../../command.ts';
import { readLabFolder } from '../../mitm/lab-folder.ts';
import { DEFAULT_HOST } from '../../mitm/options.ts';
import { fault } from '../../reasons.ts';

/**
 * What `--lab` names: its authority, and the pins of the keys that lie there. No key is made, so that nothing is pinned that a
 * later run does not have.
 *
 * @throws RequestError `cli.usage`; ConfigError `cli.folder_open`, `mitm.lab_malformed`, `mitm.lab_expired`
 */
export async function labOf({ cwd, now }: World, values: Values): Promise<LabVariant | undefined> {
  const folder = textOf(values, 'lab');
  if (folder === undefined) return undefined;
  if (values['debug'] === true) {
    throw fault('cli.usage', { expected: '--lab or --debug', found: 'both: a lab build is a build of its own' });
  }
  const keys = readLabFolder(resolve(cwd, folder));
  const lab = createLab({ clock: now, hosts: [DEFAULT_HOST], keys });
  const kept = KEYS.filter(({ name, pinned }) => pinned && keys.keys[name] !== undefined).map(({ name }) => name);
  const pins = (await lab.pins(kept)).map(({ pin }) => pin);
  return { authority: lab.authority.pem, pins };
}
