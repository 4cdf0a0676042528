import { readCode } from '../code/read.ts';
import { labFactsInBytes } from '../lab/lab-facts.ts';
import { readPinList } from '../pin-list/read.ts';
import type { Document } from '../project.ts';
import { decodeText } from '../read/text.ts';
import { type App, about, memberPlace, membersOf, readMember, readMemberDocuments } from './app.ts';
import { hostsInBytes } from './hosts.ts';

/** Bundles of script: React Native's, and the pages of Cordova and Capacitor. */
const BUNDLE = /(?:^|\/)(?:index\.android\.bundle|main\.jsbundle|index\.android\.jsbundle)$/;
const PAGES = /(?:^|\/)(?:www|public)\/(?:[^/]+\/){0,8}[^/]+\.m?js$/;
const PIN_DATA = /(?:^|\/)[^/]*(?:pin|cert|ssl|security)[^/]*\.json$/i;

/** The header of Hermes bytecode (facebook/hermes, BytecodeFileFormat.h). */
const HERMES = [0xc6, 0x1f, 0xbc, 0x03, 0xc1, 0x03, 0x19, 0x1f];
const MAX_BUNDLE = 1 << 27;
/** A longer text is searched for addresses and read no further: it is a library's, or one line of many megabytes. */
const MAX_TEXT = 1 << 22;
const MAX_PAGES = 400;

export const isHermes = (bytes: Uint8Array): boolean => HERMES.every((octet, index) => bytes[index] === octet);

/** Whether a member is a bundle that carries the app's code as script. */
export const isScriptBundle = (name: string): boolean => BUNDLE.test(name) || PAGES.test(name);

/** Script code and data with pins inside of an app. */
export async function readScripts(app: App, within: RegExp): Promise<readonly Document[]> {
  const scripts = [...membersOf(app, BUNDLE), ...membersOf(app, PAGES).slice(0, MAX_PAGES)];
  const documents: Document[] = [];
  for (const member of scripts.filter((name) => within.test(name))) {
    documents.push(...(await readMemberDocuments(app, member, MAX_BUNDLE, (bytes) => scriptOf(app, member, bytes))));
  }
  for (const member of membersOf(app, PIN_DATA)
    .filter((name) => within.test(name))
    .slice(0, MAX_PAGES)) {
    documents.push(...(await pinData(app, member)));
  }
  return documents;
}

function scriptOf(app: App, member: string, bytes: Uint8Array): readonly Document[] {
  const base = about(app, member);
  const facts = labFactsInBytes(bytes, memberPlace(app, member));
  const binary: Document = { ...base, kind: 'binary', facts, stacks: [], hosts: hostsInBytes(bytes), pinned: [] };
  const text = isHermes(bytes) || bytes.length > MAX_TEXT ? undefined : decodeText(bytes);
  const found =
    text === undefined
      ? undefined
      : readCode(/\.m?js$/.test(base.file) ? base.file : `${base.file}.js`, text, base.variant);
  if (found === undefined) return [binary];
  return [binary, { ...found, ...base, file: found.file }];
}

/** A file that is no list of pins says nothing, whatever its name. */
async function pinData(app: App, member: string): Promise<readonly Document[]> {
  const base = about(app, member);
  const { value } = await readMember(app, member, MAX_TEXT, (bytes) => {
    const text = decodeText(bytes);
    return text === undefined ? undefined : { text, pinned: readPinList(base.file, text) };
  });
  return value?.pinned === undefined ? [] : [{ ...base, kind: 'pin-list', text: value.text, pinned: value.pinned }];
}
