import {
  inspectAppAttest,
  inspectAssertion,
  inspectKeyAttestation,
  inspectPlayToken,
  inspectPlayVerdict,
  inspectReceipt,
  inspectSysIntegrity,
} from '@assay/evidence';
import { parsePem } from '@assay/formats';
import { z } from 'zod';
import type { CaseKind } from '../../cases/case.ts';
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
(IMEI, serial numbers) are left out. Takes the same files as \`assay evidence verify\`, and \`-\` for stdin. Of a Play
Integrity token only a document with decryptionKey and verificationKey beside it shows more than the envelope.

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
  token: z.string().optional(),
  tokenPayloadExternal: z.json().optional(),
  decryptionKey: Bytes.optional(),
  verificationKey: Bytes.optional(),
  jws: z.string().optional(),
});
type Members = z.output<typeof Members>;

interface Described {
  readonly kind: CaseKind;
  readonly description: object;
}

function describe(source: Source): Described {
  const members = membersOf(loadDocument(source));
  const { attestationObject, assertionObject, receipt, chain, chainFile } = members;
  if (attestationObject !== undefined) {
    return { kind: 'apple-app-attest-attestation', description: inspectAppAttest(attestationObject) };
  }
  if (assertionObject !== undefined) {
    return { kind: 'apple-app-attest-assertion', description: inspectAssertion(assertionObject) };
  }
  if (receipt !== undefined) return { kind: 'apple-app-attest-receipt', description: inspectReceipt(receipt) };
  const token = describeToken(members);
  if (token !== undefined) return token;
  const ders = chain ?? chainOf(source, chainFile);
  return { kind: 'android-key-attestation', description: inspectKeyAttestation(ders) };
}

function describeToken(members: Members): Described | undefined {
  const { token, tokenPayloadExternal, decryptionKey, verificationKey, jws } = members;
  if (jws !== undefined) return { kind: 'huawei-sysintegrity', description: inspectSysIntegrity(jws) };
  if (token !== undefined) {
    const keys = decryptionKey && verificationKey && { decryptionKey, verificationKey };
    return { kind: 'play-integrity', description: inspectPlayToken(token, keys) };
  }
  if (tokenPayloadExternal === undefined) return undefined;
  return { kind: 'play-integrity', description: inspectPlayVerdict(tokenPayloadExternal) };
}

function membersOf(document: object): Members {
  const result = Members.safeParse(document);
  if (result.success) return result.data;
  throw fault('cli.member_invalid', { found: issuesOf(result.error) });
}

function chainOf({ folder }: Source, chainFile: string | undefined): Uint8Array[] {
  if (chainFile !== undefined) return parsePem(readBeside(folder, chainFile), 'CERTIFICATE');
  throw fault('cli.not_evidence', {
    expected: 'attestationObject, assertionObject, receipt, chain, chainFile, token or jws',
  });
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
