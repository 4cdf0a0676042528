import { isExtension } from '../apple/extension.ts';
import { atsPinnedHosts, readAts } from '../apple/read-ats.ts';
import { readTrustKit, trustKitPinnedHosts } from '../apple/read-trustkit.ts';
import { parsePlist } from '../plist/read.ts';
import type { Document } from '../project.ts';
import type { SourceFile } from './source-file.ts';

type About = Pick<Document, 'file' | 'variant' | 'origin' | 'text' | 'app'>;

/** Info.plist and TrustKit's own property lists, XML or binary. */
export function readPlistFile({ file, bytes, text, variant }: SourceFile): readonly Document[] {
  return plistDocuments(bytes, { file, variant, origin: 'source', ...(text === undefined ? {} : { text }) });
}

/** The same for a property list that came out of a built app. @throws UnreadableFile */
export function plistDocuments(bytes: Uint8Array, about: About): readonly Document[] {
  const plist = parsePlist(about.file, bytes);
  const ats = readAts(about.file, plist);
  const trustKit = readTrustKit(about.file, plist);
  const pinned = [
    ...(ats === undefined ? [] : atsPinnedHosts(ats, about.variant)),
    ...(trustKit === undefined ? [] : trustKitPinnedHosts(trustKit, about.variant)),
  ];
  return [
    {
      ...about,
      kind: 'plist',
      ...(ats === undefined ? {} : { ats }),
      ...(trustKit === undefined ? {} : { trustKit }),
      isExtension: isExtension(plist),
      pinned,
    },
  ];
}
