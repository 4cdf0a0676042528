import { RequestError } from '@assay/core';
import type { Place } from '../place.ts';
import type { Document, UnreadableDocument } from '../project.ts';
import { UnreadableFile } from '../unreadable.ts';
import type { ArtifactEntries } from './entries.ts';
import type { ArtifactForm } from './form.ts';

/** A built app that is being read: its members, and what every document of it says of itself. */
export interface App {
  readonly form: ArtifactForm;
  readonly file: string;
  readonly entries: ArtifactEntries;
  readonly names: readonly string[];
}

export const memberFile = ({ file }: App, member: string): string => `${file}!/${member}`;

/** Built apps say at best a line; a whole member is line 0. */
export const memberPlace = (app: App, member: string): Place => ({ file: memberFile(app, member), line: 0, column: 0 });

/** What a document of the app begins with. What is inside of a release is of the release, whatever its path. */
export function about(app: App, member: string) {
  return { file: memberFile(app, member), origin: app.form, variant: 'any', app: app.file } as const;
}

/** Members whose name fits, in the archive's order. */
export const membersOf = ({ names }: App, pattern: RegExp): readonly string[] =>
  names.filter((name) => pattern.test(name));

export interface MemberRead<T> {
  readonly value?: T;
  readonly unreadable: readonly UnreadableDocument[];
}

/**
 * Reads one member. Whatever is wrong with it becomes a document that says so, and the run goes on: a member that hinders its
 * reading is itself worth knowing of.
 */
export async function readMember<T>(
  app: App,
  member: string,
  maxBytes: number,
  parse: (bytes: Uint8Array) => T,
): Promise<MemberRead<T>> {
  try {
    const bytes = await app.entries.read(member, maxBytes);
    return attempt(app, member, () => parse(bytes));
  } catch (error) {
    return refused(app, member, error);
  }
}

/** The same for what is decoded only when it is asked for: resource tables. */
export function attempt<T>(app: App, member: string, run: () => T): MemberRead<T> {
  try {
    return { value: run(), unreadable: [] };
  } catch (error) {
    return refused(app, member, error);
  }
}

function refused(app: App, member: string, error: unknown): MemberRead<never> {
  if (error instanceof RequestError) return { unreadable: [unreadable(app, member, error)] };
  throw error;
}

function unreadable(app: App, member: string, error: RequestError): UnreadableDocument {
  if (error instanceof UnreadableFile) return unreadableMember(app, member, error.reason, error.place);
  return unreadableMember(app, member, error.message);
}

export function unreadableMember(
  app: App,
  member: string,
  message: string,
  place: Place = memberPlace(app, member),
): UnreadableDocument {
  return { ...about(app, member), kind: 'unreadable', message, place, crashes: false, pinned: [] };
}

/** The documents of one member, or the one that says why there are none. */
export async function readMemberDocuments(
  app: App,
  member: string,
  maxBytes: number,
  parse: (bytes: Uint8Array) => readonly Document[],
): Promise<readonly Document[]> {
  const { value = [], unreadable: faults } = await readMember(app, member, maxBytes, parse);
  return [...value, ...faults];
}
