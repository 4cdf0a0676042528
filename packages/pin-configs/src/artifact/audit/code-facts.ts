import type { BinaryDocument, Document } from '../../project.ts';
import { STACKS } from '../../stack/table.ts';
import { type App, memberPlace, membersOf, readMember } from '../app.ts';
import { isHermes, isScriptBundle } from '../scripts.ts';
import type { AuditFact } from './fact.ts';

const CERTIFICATES = /\.(?:cer|crt|der|pem|p7b|bks|p12|pfx|jks)$/i;
const MAX_LISTED = 20;
const MAX_BUNDLE = 1 << 27;

/** What the app is made of, as far as it decides who can read and who can redirect its traffic. */
export async function codeFacts(app: App, documents: readonly Document[]): Promise<readonly AuditFact[]> {
  const binaries = documents.filter((document): document is BinaryDocument => document.kind === 'binary');
  return [
    ...stackFacts(binaries),
    ...binaries
      .flatMap(({ facts }) => facts)
      .map(({ kind, what, place }): AuditFact => {
        const level = ERRORS.has(kind) ? 'error' : 'warning';
        return {
          topic: 'code',
          id: kind.replaceAll('_', '-'),
          level,
          says: SAYINGS[kind]?.(what) ?? `${kind}: ${what}`,
          place,
        };
      }),
    ...(await scriptFacts(app)),
    ...certificateFacts(app),
  ];
}

/** Whoever sits between reads everything, or needs nothing but a test key. */
const ERRORS: ReadonlySet<string> = new Set(['trust_all', 'hostname_any', 'lab_build']);

const SAYINGS: Readonly<Record<string, (what: string) => string>> = {
  lab_build: (what) => `is a lab build, which trusts the test authority of a harness: ${what}`,
  trust_all: (what) => `accepts every certificate: ${what}`,
  custom_trust_manager: (what) =>
    `brings a trust manager of its own, which the platform's configuration does not bind: ${what}`,
};

/** Each stack once, with what reaches it. */
function stackFacts(binaries: readonly BinaryDocument[]): readonly AuditFact[] {
  const uses = new Map(binaries.flatMap(({ stacks }) => stacks).map((use) => [use.stack, use]));
  return Array.from(uses.values(), ({ stack, evidence, place }) => {
    const row = Object.hasOwn(STACKS, stack) ? STACKS[stack] : undefined;
    const reached = row?.reachedBy ?? [];
    const by =
      reached.length === 0 ? 'no pins of a configuration reach it' : `reached by pins of ${reached.join(', ')}`;
    const isNetwork = row !== undefined && row.platforms.length > 0;
    const says = `${row?.title ?? stack} (told by ${evidence})${isNetwork ? `: ${by}` : ''}`;
    return { topic: 'code', id: 'stack', level: 'info', says, place };
  });
}

/** Script in plain text is read and changed with no tools; bytecode takes a decompiler. */
async function scriptFacts(app: App): Promise<readonly AuditFact[]> {
  const bundles = app.names.filter(isScriptBundle);
  const [first] = bundles;
  if (first === undefined) return [];
  const { value } = await readMember(app, first, MAX_BUNDLE, isHermes);
  const more = bundles.length > 1 ? ` and ${bundles.length - 1} more` : '';
  const says = value === true ? 'the script bundle is Hermes bytecode' : `script in readable text${more}`;
  return [
    { topic: 'code', id: 'script', level: value === true ? 'info' : 'warning', says, place: memberPlace(app, first) },
  ];
}

function certificateFacts(app: App): readonly AuditFact[] {
  const found = membersOf(app, CERTIFICATES).filter((name) => !name.startsWith('META-INF/'));
  return found.slice(0, MAX_LISTED).map((name) => ({
    ...({ topic: 'code', id: 'certificate-file', level: 'info', place: memberPlace(app, name) } as const),
    says: 'a file of certificates or keys by its name: what the app trusts or presents may be in it',
  }));
}
