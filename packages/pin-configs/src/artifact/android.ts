import type { XmlElement } from '@assay/formats';
import type { ResourceTable } from '@assay/formats/artifacts';
import { readManifest } from '../android/read-manifest.ts';
import type { Document, NscDocument } from '../project.ts';
import { androidDocuments } from '../read/android-xml.ts';
import { ANDROID_LAYOUTS, type AndroidLayout } from './android-layout.ts';
import {
  type App,
  about,
  attempt,
  memberFile,
  memberPlace,
  membersOf,
  readMember,
  readMemberDocuments,
} from './app.ts';
import { holdsText } from './bytes.ts';
import { readDexFiles } from './dex.ts';
import { readLibraries } from './native.ts';
import { filesBehind, resolveReferences } from './resolve-references.ts';
import { readScripts } from './scripts.ts';
import { LIBRARY_STACKS } from './stack-rows.ts';

const MAX_MANIFEST = 1 << 24;
const MAX_TABLE = 1 << 26;
const MAX_XML = 1 << 20;
const MAX_XML_FILES = 4000;

/** The documents of an APK or an app bundle. */
export async function readAndroidApp(app: App, form: 'apk' | 'aab'): Promise<readonly Document[]> {
  const layout = ANDROID_LAYOUTS[form];
  const table = app.names.includes(layout.table)
    ? await readMember(app, layout.table, MAX_TABLE, layout.parseTable)
    : { unreadable: [] };
  const manifest = await readMember(app, layout.manifest, MAX_MANIFEST, layout.parseXml);
  return [
    ...table.unreadable,
    ...manifest.unreadable,
    ...(await configurations(app, layout, manifest.value, table.value)),
    ...(await readDexFiles(app, layout.dexFiles)),
    ...(await readLibraries(app, librariesOf(app, layout), LIBRARY_STACKS)),
    ...(await readScripts(app, layout.assets)),
  ];
}

const librariesOf = (app: App, { libraries }: AndroidLayout) =>
  membersOf(app, libraries).map((member) => ({ member, name: member.slice(member.lastIndexOf('/') + 1) }));

/** The manifest, and every network security configuration, the one that counts and those that nothing refers to. */
async function configurations(
  app: App,
  layout: AndroidLayout,
  root: XmlElement | undefined,
  table: ResourceTable | undefined,
): Promise<readonly Document[]> {
  const manifest = attempt(app, layout.manifest, () =>
    root === undefined ? [] : [manifestDocument(app, layout, root, table)],
  );
  const { value: referred = [], unreadable } = attempt(app, layout.table, () => referredFiles(root, layout, table));
  const listed = attempt(app, layout.table, () => listedFiles(layout, table)).value ?? [];
  const documents: Document[] = [...(manifest.value ?? []), ...manifest.unreadable, ...unreadable];
  const inArchive = new Set(app.names);
  const members = [...new Set([...referred, ...listed, ...membersOf(app, layout.xmlFiles)])];
  for (const member of members.filter((name) => inArchive.has(name)).slice(0, MAX_XML_FILES)) {
    const isReferenced = referred.includes(member);
    const read = (bytes: Uint8Array) => nscDocuments(app, layout, { member, bytes, isReferenced }, table);
    documents.push(...(await readMemberDocuments(app, member, MAX_XML, read)));
  }
  const missing = referred.filter((member) => !inArchive.has(member));
  return [...documents, ...missing.map((member) => missingConfiguration(app, member))];
}

/** Where the table says that XML files are: a shrunk app calls them anything. */
const listedFiles = ({ root }: AndroidLayout, table: ResourceTable | undefined): readonly string[] =>
  (table?.list('xml') ?? []).flatMap(({ values }) => values.map(({ text }) => `${root}${text}`));

function manifestDocument(app: App, layout: AndroidLayout, root: XmlElement, table?: ResourceTable): Document {
  const file = memberFile(app, layout.manifest);
  const manifest = readManifest(file, table === undefined ? root : resolveReferences(root, table));
  return { ...about(app, layout.manifest), kind: 'manifest', manifest, pinned: [] };
}

/** The files that the manifest's networkSecurityConfig stands for, whatever they are called. */
function referredFiles(
  root: XmlElement | undefined,
  layout: AndroidLayout,
  table: ResourceTable | undefined,
): readonly string[] {
  const application = root?.children.find(({ name }) => name === 'application');
  const attribute = application?.attributes.find(({ name }) => name === 'networkSecurityConfig');
  if (attribute === undefined || table === undefined) return [];
  const named = attribute.value.startsWith('@xml/') ? table.find(attribute.value.slice(1))[0]?.id : undefined;
  return filesBehind(attribute.reference ?? named, table).map((path) => `${layout.root}${path}`);
}

interface XmlMember {
  readonly member: string;
  readonly bytes: Uint8Array;
  readonly isReferenced: boolean;
}

/** Most XML files of an app are none: a look at their texts spares their parsing. */
function nscDocuments(
  app: App,
  { parseXml }: AndroidLayout,
  { member, bytes, isReferenced }: XmlMember,
  table: ResourceTable | undefined,
): readonly Document[] {
  if (!isReferenced && !holdsText(bytes, 'network-security-config')) return [];
  const root = parseXml(bytes);
  const documents = androidDocuments(table === undefined ? root : resolveReferences(root, table), about(app, member));
  // Pins that the platform never loads pin nothing.
  return documents.filter(isNsc).map((document) => ({
    ...document,
    isReferenced,
    pinned: isReferenced ? document.pinned : [],
  }));
}

const isNsc = (document: Document): document is NscDocument => document.kind === 'nsc';

/** The platform throws when it first needs the configuration. */
function missingConfiguration(app: App, member: string): Document {
  const message = 'the manifest refers to this network security configuration, and it is not in the app';
  return {
    ...about(app, member),
    kind: 'unreadable',
    message,
    place: memberPlace(app, member),
    crashes: true,
    pinned: [],
  };
}
