import { type BytesPredicate, parseMachO } from '@assay/formats/artifacts';
import { stringOf } from '../data/value.ts';
import { labFactsInBytes } from '../lab/lab-facts.ts';
import { parsePlist } from '../plist/read.ts';
import type { Document } from '../project.ts';
import { plistDocuments } from '../read/plist-file.ts';
import { type App, about, memberPlace, membersOf, readMember, readMemberDocuments } from './app.ts';
import { hasAddress, hostsIn } from './hosts.ts';
import { readLibraries } from './native.ts';
import { readScripts } from './scripts.ts';
import { FRAMEWORK_STACKS } from './stack-rows.ts';

const MAX_PLIST = 1 << 22;
export const MAX_PROGRAM = 1 << 29;

/** The Info.plist of the app and of each extension, and TrustKit's own lists. */
const PLISTS =
  /^Payload\/[^/]+\.app\/(?:(?:(?:PlugIns|Extensions)\/[^/]+\.appex|AppClips\/[^/]+\.app|Watch\/[^/]+\.app)\/)?(?:Info|[^/]*TrustKit[^/]*)\.plist$/i;
const INFO = /^Payload\/[^/]+\.app\/Info\.plist$/;
const FRAMEWORK = /^Payload\/[^/]+\.app\/Frameworks\/([^/]+)\.framework\/([^/]+)$/;
const INSIDE = /^Payload\/[^/]+\.app\//;

/** The documents of an app for Apple's systems. */
export async function readIpa(app: App): Promise<readonly Document[]> {
  const documents: Document[] = [];
  for (const member of membersOf(app, PLISTS)) {
    const read = (bytes: Uint8Array) => plistDocuments(bytes, about(app, member));
    documents.push(...(await readMemberDocuments(app, member, MAX_PLIST, read)));
  }
  const program = await mainProgram(app);
  return [
    ...documents,
    ...(program === undefined ? [] : await programDocuments(app, program)),
    ...(await readLibraries(app, frameworksOf(app), FRAMEWORK_STACKS)),
    ...(await readScripts(app, INSIDE)),
  ];
}

/** The member that `CFBundleExecutable` of the app's own Info.plist names. */
export async function mainProgram(app: App): Promise<string | undefined> {
  const [info] = membersOf(app, INFO);
  if (info === undefined) return undefined;
  const { value } = await readMember(app, info, MAX_PLIST, (bytes) => parsePlist(info, bytes));
  const name = stringOf(value, 'CFBundleExecutable')?.text;
  const member = `${info.slice(0, -'Info.plist'.length)}${name}`;
  return name !== undefined && app.names.includes(member) ? member : undefined;
}

/** The program file of each framework, which is called as the framework is. */
const frameworksOf = (app: App) =>
  app.names.flatMap((member) => {
    const [, framework, file] = FRAMEWORK.exec(member) ?? [];
    return framework !== undefined && framework === file ? [{ member, name: framework }] : [];
  });

const LIBRARIES: readonly { readonly stack: string; readonly name: RegExp }[] = [
  { stack: 'urlsession', name: /\/(?:CFNetwork|Foundation)\.framework\// },
];

/** What the program is linked with and which addresses it holds; of an encrypted one the addresses stay unknown. */
async function programDocuments(app: App, member: string): Promise<readonly Document[]> {
  return readMemberDocuments(app, member, MAX_PROGRAM, (bytes) => {
    const slices = parseMachO(bytes);
    const names = slices.flatMap(({ dylibs }) => dylibs.map(({ name }) => name));
    const stacks = LIBRARIES.flatMap(({ stack, name }) => {
      const evidence = names.find((each) => name.test(each));
      return evidence === undefined ? [] : [{ stack, evidence, place: memberPlace(app, member) }];
    });
    const readable = slices.filter(({ encryption }) => encryption?.isEncrypted !== true);
    const texts = readable.flatMap((slice) => slice.findStrings(isShortAddress));
    const hosts = [...new Set(texts.flatMap(hostsIn))].sort();
    const facts = labFactsInBytes(bytes, memberPlace(app, member));
    return [{ ...about(app, member), kind: 'binary', facts, stacks, hosts, pinned: [] }];
  });
}

/** Texts that are longer are data. */
const MAX_TEXT = 1 << 16;
const isShortAddress: BytesPredicate = (bytes, start, end) => end - start <= MAX_TEXT && hasAddress(bytes, start, end);
