/** The dimensions of a configuration, each with the numbers of aapt2's `Configuration.proto`; 0 is "any". */
export interface ConfigFields {
  readonly mcc: number;
  readonly mnc: number;
  /** BCP 47; empty for any. */
  readonly locale: string;
  readonly layoutDirection: number;
  readonly smallestWidth: number;
  readonly widthDp: number;
  readonly heightDp: number;
  readonly size: number;
  readonly long: number;
  readonly round: number;
  readonly wideColor: number;
  readonly highRange: number;
  readonly orientation: number;
  readonly uiType: number;
  readonly night: number;
  readonly density: number;
  readonly touchscreen: number;
  readonly keysHidden: number;
  readonly keyboard: number;
  readonly navigationHidden: number;
  readonly navigation: number;
  readonly width: number;
  readonly height: number;
  readonly sdk: number;
  /** Something that has no row here. */
  readonly other: boolean;
}

type Row = (fields: ConfigFields) => string | undefined;
type NumberField = { [K in keyof ConfigFields]: ConfigFields[K] extends number ? K : never }[keyof ConfigFields];

const words =
  (field: NumberField, ...names: readonly string[]): Row =>
  (fields) =>
    fields[field] === 0 ? undefined : (names[fields[field] - 1] ?? `${field}${fields[field]}`);

const number =
  (field: NumberField, before: string, after = ''): Row =>
  (fields) =>
    fields[field] === 0 ? undefined : `${before}${fields[field]}${after}`;

/** Densities with a name; others are written as a number. */
const DENSITIES: ReadonlyMap<number, string> = new Map([
  [120, 'ldpi'],
  [160, 'mdpi'],
  [213, 'tvdpi'],
  [240, 'hdpi'],
  [320, 'xhdpi'],
  [480, 'xxhdpi'],
  [640, 'xxxhdpi'],
  [0xfffe, 'anydpi'],
  [0xffff, 'nodpi'],
]);

/** In the order that Android prescribes for the names of folders. */
const ROWS: readonly Row[] = [
  number('mcc', 'mcc'),
  (fields) => (fields.mnc === 0 ? undefined : `mnc${fields.mnc === 0xffff ? '00' : fields.mnc}`),
  ({ locale }) => localeQualifier(locale),
  words('layoutDirection', 'ldltr', 'ldrtl'),
  number('smallestWidth', 'sw', 'dp'),
  number('widthDp', 'w', 'dp'),
  number('heightDp', 'h', 'dp'),
  words('size', 'small', 'normal', 'large', 'xlarge'),
  words('long', 'long', 'notlong'),
  words('round', 'round', 'notround'),
  words('wideColor', 'widecg', 'nowidecg'),
  words('highRange', 'highdr', 'lowdr'),
  words('orientation', 'port', 'land', 'square'),
  words('uiType', 'normal', 'desk', 'car', 'television', 'appliance', 'watch', 'vrheadset'),
  words('night', 'night', 'notnight'),
  ({ density }) => (density === 0 ? undefined : (DENSITIES.get(density) ?? `${density}dpi`)),
  words('touchscreen', 'notouch', 'stylus', 'finger'),
  words('keysHidden', 'keysexposed', 'keyshidden', 'keyssoft'),
  words('keyboard', 'nokeys', 'qwerty', '12key'),
  words('navigationHidden', 'navexposed', 'navhidden'),
  words('navigation', 'nonav', 'dpad', 'trackball', 'wheel'),
  ({ width, height }) => (width === 0 && height === 0 ? undefined : `${width}x${height}`),
  number('sdk', 'v'),
  ({ other }) => (other ? 'other' : undefined),
];

/** The qualifiers in their order; empty for the default configuration, and for that alone. */
export function toQualifiers(fields: ConfigFields): string {
  return ROWS.flatMap((row) => row(fields) ?? []).join('-');
}

/** `fr`, `fr-rCA`, else `b+sr+Latn`. */
function localeQualifier(locale: string): string | undefined {
  if (locale === '') return undefined;
  const [language = '', region = '', ...rest] = locale.split('-');
  if (region === '') return language;
  return rest.length === 0 && /^(?:[A-Z]{2}|[0-9]{3})$/.test(region)
    ? `${language}-r${region}`
    : `b+${locale.replaceAll('-', '+')}`;
}
