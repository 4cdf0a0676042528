import { toQualifiers } from './config.ts';
import type { ProtoMessage } from './protobuf.ts';

/** The last field of `Configuration` that has a meaning here; `product`, the one behind, is for the build alone. */
const SDK = 24;
const PRODUCT = 25;

/** The qualifiers of an `aapt.pb.Configuration` (AOSP `tools/aapt2/Configuration.proto`, Android 16). */
export function protoConfig(config: ProtoMessage | undefined): string {
  if (config === undefined) return '';
  const number = (field: number) => config.uint32(field);
  return toQualifiers({
    mcc: number(1),
    mnc: number(2),
    locale: config.text(3),
    layoutDirection: number(4),
    width: number(5),
    height: number(6),
    widthDp: number(7),
    heightDp: number(8),
    smallestWidth: number(9),
    size: number(10),
    long: number(11),
    round: number(12),
    wideColor: number(13),
    highRange: number(14),
    orientation: number(15),
    uiType: number(16),
    night: number(17),
    density: number(18),
    touchscreen: number(19),
    keysHidden: number(20),
    keyboard: number(21),
    navigationHidden: number(22),
    navigation: number(23),
    sdk: number(SDK),
    other: config.highestField > PRODUCT,
  });
}
