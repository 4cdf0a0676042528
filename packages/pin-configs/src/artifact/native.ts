import { labFactsInBytes } from '../lab/lab-facts.ts';
import type { Document } from '../project.ts';
import type { StackUse } from '../stack/stack.ts';
import { type App, about, memberPlace, readMember } from './app.ts';
import { hostsInBytes } from './hosts.ts';
import type { StackTell } from './stack-rows.ts';

/** Libraries that hold the app's own code, so that their addresses are the app's. */
const OWN_CODE = /(?:^|\/)(?:libapp\.so|App\.framework\/App)$/;
const MAX_LIBRARY = 1 << 27;

/** What native libraries tell by their names, one document for each that tells something. */
export async function readLibraries(
  app: App,
  libraries: readonly { readonly member: string; readonly name: string }[],
  rows: readonly StackTell[],
): Promise<readonly Document[]> {
  const documents: Document[] = [];
  const seen = new Set<string>();
  for (const { member, name } of libraries) {
    const row = rows.find((each) => each.name.test(name));
    if (seen.has(name) || (row === undefined && !OWN_CODE.test(member))) continue;
    seen.add(name); // The same library for another processor says nothing new.
    const stacks: StackUse[] =
      row === undefined ? [] : [{ stack: row.stack, evidence: name, place: memberPlace(app, member) }];
    documents.push(...(await libraryDocuments(app, member, stacks)));
  }
  return documents;
}

async function libraryDocuments(app: App, member: string, stacks: readonly StackUse[]): Promise<readonly Document[]> {
  const base = { ...about(app, member), kind: 'binary', facts: [], stacks, pinned: [] } as const;
  if (!OWN_CODE.test(member)) return [{ ...base, hosts: [] }];
  const { value = { hosts: [] }, unreadable } = await readMember(app, member, MAX_LIBRARY, (bytes) => ({
    hosts: hostsInBytes(bytes),
    facts: labFactsInBytes(bytes, memberPlace(app, member)),
  }));
  return [{ ...base, ...value }, ...unreadable];
}
