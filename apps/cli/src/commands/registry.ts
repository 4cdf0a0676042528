import { z } from 'zod';
import { openAdmin } from '../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../admin/options.ts';
import { type Command, numberOf, operandsOf } from '../command.ts';
import { readDocument } from '../documents.ts';
import { EXIT } from '../exit.ts';
import { Registered, showRegistered } from '../policies/registered.ts';

/** What differs between the documents that operators register. */
interface RegistryRow {
  readonly noun: 'app' | 'api';
  readonly path: 'apps' | 'apis';
  /** The member that names the document. */
  readonly id: 'id' | 'audience';
  readonly article: string;
  readonly example: string;
}

/** `assay app register` and `assay api register`: the server validates the document, member by member. */
export function registerCommand({ noun, path, id, article, example }: RegistryRow): Command {
  const Document = z.looseObject({ [id]: z.string().min(1).max(255) });
  return {
    name: `${noun} register`,
    operands: 'FILE [options]',
    summary: `Registers or changes ${article}, written as JSON.`,
    help: `
FILE holds, for example:

${example}

Every member is in docs/apps.md. The document that is there is replaced whole.

  --version N              change only this version, 0 for a new one (default: whatever is there)
${SERVER_HELP}
  --json                   one JSON document, schema assay.${noun}.register/1

Exit codes: 0 registered, 2 the document or the server's answer says no, 3 file or server not reached,
5 credential or address not usable.

Examples:
  assay ${noun} register ${noun}.json
  assay ${noun} register ${noun}.json --issuer main/staging --credential-file ci.token
`,
    options: { ...SERVER_OPTIONS, version: { type: 'string' } },
    async run(world, operands, values) {
      const [file] = operandsOf(operands, ['FILE']);
      const admin = openAdmin(world, values);
      const document = readDocument(file, Document);
      const name = String(document[id]);
      const from = numberOf(values, 'version', 0, Number.MAX_SAFE_INTEGER);
      const query = from === undefined ? '' : `?version=${from}`;
      const answer = await admin.put(`${path}/${encodeURIComponent(name)}${query}`, document, Registered);
      showRegistered(world.speech, { noun, name }, answer);
      world.speech.result({ schema: `assay.${noun}.register/1`, [id]: name, ...answer });
      return EXIT.ok;
    },
  };
}
