import type { XmlElement } from '@assay/formats';
import { nscPinnedHosts } from '../android/pinned-hosts.ts';
import { readManifest } from '../android/read-manifest.ts';
import { readNsc } from '../android/read-nsc.ts';
import { createPlacer } from '../place.ts';
import type { Document } from '../project.ts';
import { parseXml } from '../xml/read.ts';
import type { SourceFile } from './source-file.ts';

/** A look at the text first: most XML files of an app are layouts and strings, and none of our business. */
const OURS = /<(?:[\w.-]+:)?(?:network-security-config|manifest)[\s/>]/;

/** network_security_config.xml and AndroidManifest.xml, told by their root element. */
export function readAndroidXml({ file, text, variant }: SourceFile): readonly Document[] {
  if (text === undefined || !OURS.test(text)) return [];
  return androidDocuments(parseXml(file, text), { file, variant, origin: 'source', text });
}

type About = Pick<Document, 'file' | 'variant' | 'origin' | 'text' | 'app'>;

/** The same for an element tree that came out of a built app. */
export function androidDocuments(root: XmlElement, about: About): readonly Document[] {
  const placer = about.text === undefined ? undefined : createPlacer(about.file, about.text);
  if (root.name === 'network-security-config') {
    const config = readNsc(about.file, root, placer);
    return [{ ...about, kind: 'nsc', config, pinned: nscPinnedHosts(config, about.variant) }];
  }
  if (root.name !== 'manifest') return [];
  return [{ ...about, kind: 'manifest', manifest: readManifest(about.file, root, placer), pinned: [] }];
}
