import { type OsFamily, RequestError } from '@assay/core';
import { DerReader, TAG } from '@assay/formats';
import type { Certificate } from '@assay/x509';

export interface OperatingSystem {
  /** For example `27.0`. */
  readonly version: string | undefined;
  /** For example `24A325`; absent before iOS 16. */
  readonly build: string | undefined;
  /** Absent before iOS 18, and where the name is none of those below. */
  readonly family: OsFamily | undefined;
}

const OS_EXTENSION = '1.2.840.113635.100.8.7';
const VERSION_TAG = 1400;
const BUILD_TAG = 1403;
const FAMILY_TAG = 1026;
export const UNKNOWN_SYSTEM: OperatingSystem = { version: undefined, build: undefined, family: undefined };

/**
 * Names of Apple's platforms as its tools spell them. Genuine certificates of iOS 18 to 27 say `iphoneos`; the others are
 * the names that go with it, and no sample has proven them.
 */
const FAMILIES: ReadonlyMap<string, OsFamily> = new Map([
  ['iphoneos', 'ios'],
  ['macosx', 'macos'],
  ['appletvos', 'tvos'],
  ['watchos', 'watchos'],
  ['xros', 'visionos'],
]);

/**
 * OS version, build and family from the leaf certificate. Apple does not document the extension: genuine devices of iOS 14
 * to 27 fill it as SEQUENCE OF [tag] EXPLICIT value, with OCTET STRING text under 1400, 1403 and 1026. So a form that
 * cannot be read is no fault of the device and leaves the facts absent.
 */
export function readOperatingSystem(leaf: Certificate): OperatingSystem {
  const extension = leaf.extensions.get(OS_EXTENSION);
  if (extension === undefined) return UNKNOWN_SYSTEM;
  try {
    const texts = parseTexts(extension.value);
    const family = FAMILIES.get(texts.get(FAMILY_TAG) ?? '');
    return { version: texts.get(VERSION_TAG), build: texts.get(BUILD_TAG), family };
  } catch (error) {
    if (error instanceof RequestError) return UNKNOWN_SYSTEM;
    throw error;
  }
}

/** The non-empty printable OCTET STRINGs by their tag. */
function parseTexts(der: Uint8Array): ReadonlyMap<number, string> {
  const outer = DerReader.of(der);
  const fields = outer.enter(TAG.SEQUENCE);
  outer.end();
  const texts = new Map<number, string>();
  while (!fields.isEmpty) {
    const { tag, content } = fields.element();
    const text = textOf(DerReader.of(content));
    if (text !== undefined) texts.set(tag.number, text);
  }
  return texts;
}

function textOf(reader: DerReader): string | undefined {
  if (reader.peek() !== TAG.OCTET_STRING) return undefined;
  const text = new TextDecoder().decode(reader.octetString());
  return /^[0-9A-Za-z.]{1,32}$/.test(text) ? text : undefined;
}
