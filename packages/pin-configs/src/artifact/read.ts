import type { Document } from '../project.ts';
import { readAndroidApp } from './android.ts';
import { type App, unreadableMember } from './app.ts';
import type { ArtifactEntries } from './entries.ts';
import { formOf } from './form.ts';
import { readIpa } from './ipa.ts';

/**
 * What a built app says about its connections, in the same documents as sources say it, so that every rule holds for both:
 * APK, app bundle (AAB), IPA. `name` is the file as the caller knows it. A member that cannot be read becomes a document that
 * says so.
 *
 * @throws UnreadableFile for an archive that is no app
 */
export async function readArtifact(entries: ArtifactEntries, name: string): Promise<readonly Document[]> {
  return readApp(openApp(entries, name));
}

export async function readApp(app: App): Promise<readonly Document[]> {
  const documents = app.form === 'ipa' ? await readIpa(app) : await readAndroidApp(app, app.form);
  return [...documents, ...app.entries.refused.map(({ name, why }) => unreadableMember(app, name, why))];
}

export function openApp(entries: ArtifactEntries, file: string): App {
  const names = entries.names();
  return { form: formOf(file, names), file, entries, names };
}

/** Files that may be built apps, by their name. */
export const isArtifact = (file: string): boolean => /\.(?:apk|aab|ipa)$/i.test(file);
