import { UnreadableFile } from '../unreadable.ts';

export type ArtifactForm = 'apk' | 'aab' | 'ipa';

const FORMS: readonly (readonly [ArtifactForm, RegExp])[] = [
  ['apk', /^AndroidManifest\.xml$/],
  ['aab', /^base\/manifest\/AndroidManifest\.xml$/],
  ['ipa', /^Payload\/[^/]+\.app\/Info\.plist$/],
];

/** What an archive is, by its members and not by its name. @throws UnreadableFile when it is no app */
export function formOf(file: string, names: readonly string[]): ArtifactForm {
  const found = FORMS.find(([, member]) => names.some((name) => member.test(name)));
  if (found !== undefined) return found[0];
  const expected = 'expected an APK, an AAB or an IPA: no AndroidManifest.xml and no Payload/*.app/Info.plist in it';
  throw new UnreadableFile(expected, { file, line: 0, column: 0 });
}
