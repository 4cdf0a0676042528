import { fromUnits } from '../utf8.ts';
import { toQualifiers } from './config.ts';

/** Bytes of `ResTable_config` that have a meaning here; the locale's numbering system and what came later do not. */
const LOCALE_END = 48;
const COLOR_MODE = 49;

/**
 * The qualifiers of a `ResTable_config` (AOSP `ResourceTypes.h`), from its `size` field on. Older tools wrote fewer
 * fields: what is not there is "any".
 */
export function binaryConfig(bytes: Uint8Array): string {
  const u8 = (at: number): number => bytes[at] ?? 0;
  const u16 = (at: number): number => u8(at) | (u8(at + 1) << 8);
  const [inputFlags, layout, uiMode, layout2, colors] = [u8(18), u8(28), u8(29), u8(48), u8(COLOR_MODE)];
  return toQualifiers({
    mcc: u16(4),
    mnc: u16(6),
    locale: locale(bytes),
    layoutDirection: layout >> 6,
    smallestWidth: u16(30),
    widthDp: u16(32),
    heightDp: u16(34),
    size: layout & 15,
    long: swapped((layout >> 4) & 3),
    round: swapped(layout2 & 3),
    wideColor: swapped(colors & 3),
    highRange: swapped((colors >> 2) & 3),
    orientation: u8(12),
    uiType: uiMode & 15,
    night: swapped((uiMode >> 4) & 3),
    density: u16(14),
    touchscreen: u8(13),
    keysHidden: inputFlags & 3,
    keyboard: u8(16),
    navigationHidden: (inputFlags >> 2) & 3,
    navigation: u8(17),
    width: u16(20),
    height: u16(22),
    sdk: u16(24),
    other: u8(19) !== 0 || u16(26) !== 0 || bytes.subarray(COLOR_MODE + 1).some((octet) => octet !== 0),
  });
}

/** Where the binary form has 1 for "no" and 2 for "yes", the protobuf form has it the other way round. */
function swapped(choice: number): number {
  return choice === 1 || choice === 2 ? 3 - choice : choice;
}

/** BCP 47: language, script, region, variant. */
function locale(bytes: Uint8Array): string {
  const language = packed(bytes[8] ?? 0, bytes[9] ?? 0, 0x61);
  const region = packed(bytes[10] ?? 0, bytes[11] ?? 0, 0x30);
  const parts = [language, text(bytes.subarray(36, 40)), region, text(bytes.subarray(40, LOCALE_END))];
  const tag = parts.filter((part) => part !== '').join('-');
  return language === '' && tag !== '' ? `und-${tag}` : tag;
}

/** Two letters, or three in five bits each when the high bit is set. */
function packed(first: number, second: number, base: number): string {
  if (first < 0x80) return text(Uint8Array.of(first, second));
  const letters = [second & 0x1f, (second >> 5) | ((first & 3) << 3), (first >> 2) & 0x1f];
  return fromUnits(Uint8Array.from(letters, (letter) => letter + base));
}

/** Up to the first zero. */
function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return fromUnits(end < 0 ? bytes : bytes.subarray(0, end));
}
