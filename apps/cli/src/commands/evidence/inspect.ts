import { inspectAppAttest, inspectAssertion, inspectKeyAttestation, inspectReceipt } from '@assay/evidence';
import { parsePem } from '@assay/formats';
import { z } from 'zod';
import { Bytes } from '../../cases/members.ts';
import { type Command, operandsOf, type World } from '../../command.ts';
import { issuesOf } from '../../documents.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { readBeside } from '../../input.ts';
import { fault } from '../../reasons.ts';
import { plain, type Speech } from '../../speech.ts';
import { loadDocument } from './load.ts';
import { readSource, type Source } from './source.ts';

const HELP = `
Shows what a piece of evidence says, without trusting any of it: nothing is verified here. Device identifiers
(IMEI, serial numbers) are left out. Takes the same files as \`assay evidence verify\`, and \`-\` for stdin.

  --json     one JSON document, schema assay.evidence.inspect/1

Exit codes: 0 shown, 2 usage or not evidence at all, 3 file unreadable.
`;

export const inspectCommand: Command = {
  name: 'evidence inspect',
  operands: 'FILE',
  summary: 'Shows what a piece of evidence says, without trusting it.',
  help: HELP,
  options: {},
  run,
};

async function run(world: World, operands: readonly string[]): Promise<ExitCode> {
  const [path] = operandsOf(operands, ['FILE']);
  const { speech } = world;
  const source = await readSource(world, path);
  const { kind, description } = describe(source);
  speech.out(`${speech.paint('bold', kind)}  ${plain(source.name)}  ${speech.paint('yellow', 'not verified')}`);
  showTree(speech, description, 1);
  speech.result({ schema: 'assay.evidence.inspect/1', kind, description });
  return EXIT.ok;
}

const Members = z.looseObject({
  attestationObject: Bytes.optional(),
  assertionObject: Bytes.optional(),
  receipt: Bytes.optional(),
  chain: z.array(Bytes).optional(),
  chainFile: z.string().optional(),
});

function describe(source: Source): { readonly kind: string; readonly description: object } {
  const { attestationObject, assertionObject, receipt, chain, chainFile } = membersOf(loadDocument(source));
  if (attestationObject !== undefined) {
    return { kind: 'apple-app-attest-attestation', description: inspectAppAttest(attestationObject) };
  }
  if (assertionObject !== undefined) {
    return { kind: 'apple-app-attest-assertion', description: inspectAssertion(assertionObject) };
  }
  if (receipt !== undefined) return { kind: 'apple-app-attest-receipt', description: inspectReceipt(receipt) };
  const ders = chain ?? chainOf(source, chainFile);
  return { kind: 'android-key-attestation', description: inspectKeyAttestation(ders) };
}

function membersOf(document: object): z.output<typeof Members> {
  const result = Members.safeParse(document);
  if (result.success) return result.data;
  throw fault('cli.member_invalid', { found: issuesOf(result.error) });
}

function chainOf({ folder }: Source, chainFile: string | undefined): Uint8Array[] {
  if (chainFile !== undefined) return parsePem(readBeside(folder, chainFile), 'CERTIFICATE');
  throw fault('cli.not_evidence', { expected: 'attestationObject, assertionObject, receipt, chain or chainFile' });
}

/** The description as an indented tree; lists of plain values stay on one line. */
function showTree(speech: Speech, value: object, depth: number): void {
  for (const [name, member] of Object.entries(value)) {
    const label = `${'  '.repeat(depth)}${Array.isArray(value) ? '-' : name}`;
    if (isBranch(member)) {
      speech.out(label);
      showTree(speech, member, depth + 1);
    } else {
      const shown = plain(Array.isArray(member) ? member.join(', ') : String(member), 200);
      speech.out(`${label}  ${speech.paint('dim', shown)}`);
    }
  }
}

function isBranch(value: unknown): value is object {
  if (Array.isArray(value)) return value.some((member) => typeof member === 'object' && member !== null);
  return typeof value === 'object' && value !== null;
}
