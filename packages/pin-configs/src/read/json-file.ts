import { harmonyPinnedHosts, readHarmony } from '../harmony/read.ts';
import { readPinList } from '../pin-list/read.ts';
import type { Document } from '../project.ts';
import type { SourceFile } from './source-file.ts';

/** HarmonyOS' network_config.json and lists of pins; a look at the text spares every other JSON file its parsing. */
export function readJsonFile({ file, text, variant }: SourceFile): readonly Document[] {
  if (text === undefined) return [];
  const about = { file, text, variant, origin: 'source' } as const;
  if (text.includes('"network-security-config"')) {
    const config = readHarmony(file, text);
    return [{ ...about, kind: 'harmony', config, pinned: harmonyPinnedHosts(config, variant) }];
  }
  if (!/sha256|publicKeyHashes|pins?"/i.test(text)) return [];
  const pinned = readPinList(file, text);
  return pinned === undefined ? [] : [{ ...about, kind: 'pin-list', pinned }];
}
