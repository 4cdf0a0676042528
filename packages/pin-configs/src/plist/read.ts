import type { DataValue } from '../data/value.ts';
import { createPlacer } from '../place.ts';
import { decodeText } from '../read/text.ts';
import { UnreadableFile } from '../unreadable.ts';
import { isBinaryPlist, parseBinaryPlist } from './binary.ts';
import { parseXmlPlist } from './xml.ts';

/**
 * A property list, XML or binary. The old text form of NeXTSTEP is not read: no Info.plist of an app is written in it.
 *
 * @throws UnreadableFile `pin_configs.unreadable`, `pin_configs.too_large`
 */
export function parsePlist(file: string, bytes: Uint8Array): DataValue {
  if (isBinaryPlist(bytes)) return parseBinaryPlist(file, bytes);
  const text = decodeText(bytes);
  if (text === undefined)
    throw new UnreadableFile('expected UTF-8 or a binary property list', { file, line: 1, column: 1 });
  return parseXmlPlist(file, text, createPlacer(file, text));
}
