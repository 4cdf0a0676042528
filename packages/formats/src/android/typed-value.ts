/** What a value is. `map`: a bag of further values (style, array, plural), whose members are not read. */
export type ValueKind =
  | 'null'
  | 'reference'
  | 'attribute'
  | 'string'
  | 'float'
  | 'dimension'
  | 'fraction'
  | 'integer'
  | 'boolean'
  | 'color'
  | 'map'
  | 'unknown';

/** A value of a resource or of a compiled attribute. */
export interface TypedValue {
  readonly kind: ValueKind;
  /** `true`, `42`, `0x2a`, `1.5`, `16dp`, `@0x7f010000`, `?0x7f010000`, `#ff00ff00`; empty for null and for a map. */
  readonly text: string;
  /** The resource id of a reference. A reference to nothing is null. */
  readonly reference?: number;
}

type Text = (data: number) => string;

const NULL: TypedValue = { kind: 'null', text: '' };
const DIMENSION_UNITS: readonly string[] = ['px', 'dp', 'sp', 'pt', 'in', 'mm'];
const FRACTION_UNITS: readonly string[] = ['%', '%p'];

/** Digits behind the point of a complex number's mantissa, per radix: 23p0, 16p7, 8p15, 0p23. */
const RADIX_BITS: readonly number[] = [0, 7, 15, 23];

const eightDigits = (data: number): string => data.toString(16).padStart(8, '0');
const color: Text = (data) => `#${eightDigits(data)}`;

/** Values of these types are integers to Android, whatever else it makes of them. */
const FIRST_INTEGER = 0x10;
const LAST_INTEGER = 0x1f;

/** By the data type of `Res_value` (AOSP `ResourceTypes.h`). */
const ROWS: ReadonlyMap<number, readonly [kind: ValueKind, text: Text]> = new Map<number, readonly [ValueKind, Text]>([
  [0x04, ['float', (data) => floatText(new Float32Array(Uint32Array.of(data).buffer)[0] ?? 0)]],
  [0x05, ['dimension', (data) => complexText(data, 1, DIMENSION_UNITS)]],
  [0x06, ['fraction', (data) => complexText(data, 100, FRACTION_UNITS)]],
  [0x10, ['integer', (data) => String(data | 0)]],
  [0x11, ['integer', (data) => `0x${data.toString(16)}`]],
  [0x12, ['boolean', (data) => String(data !== 0)]],
  [0x1c, ['color', color]],
  [0x1d, ['color', color]],
  [0x1e, ['color', color]],
  [0x1f, ['color', color]],
]);

/** The sign before the id, per type: a resource, an attribute of the theme, and both again for shared libraries. */
const REFERENCE_SIGNS: ReadonlyMap<number, string> = new Map([
  [0x01, '@'],
  [0x02, '?'],
  [0x07, '@'],
  [0x08, '?'],
]);
const STRING = 0x03;

/** The value of a `Res_value`. A string that the pool does not have is null, as it is to Android. */
export function toTypedValue(
  dataType: number,
  data: number,
  stringAt: (index: number) => string | undefined,
): TypedValue {
  const sign = REFERENCE_SIGNS.get(dataType);
  if (sign !== undefined) return toReference(sign, data);
  if (dataType === STRING) return toStringValue(stringAt(data));
  const row = ROWS.get(dataType);
  if (row !== undefined) return { kind: row[0], text: row[1](data) };
  if (isInteger(dataType)) return { kind: 'integer', text: String(data | 0) };
  return dataType === 0 ? NULL : { kind: 'unknown', text: '' };
}

/** Whether `TypedArray.getBoolean` takes the value for "not zero" instead of reading its text. */
export function isInteger(dataType: number): boolean {
  return dataType >= FIRST_INTEGER && dataType <= LAST_INTEGER;
}

export function toStringValue(text: string | undefined): TypedValue {
  return text === undefined ? NULL : { kind: 'string', text };
}

export function toReference(sign: string, id: number): TypedValue {
  if (id === 0) return NULL;
  return { kind: sign === '@' ? 'reference' : 'attribute', text: `${sign}0x${eightDigits(id)}`, reference: id };
}

/** The shortest digits that a single float reads back from. */
export function floatText(value: number): string {
  for (let digits = 1; digits < 9; digits += 1) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(value);
}

/** A 24-bit mantissa, its radix and a unit in one word. */
function complexText(data: number, scale: number, units: readonly string[]): string {
  const value = ((data | 0) >> 8) / 2 ** (RADIX_BITS[(data >> 4) & 3] ?? 0);
  return `${Number((value * scale).toPrecision(6))}${units[data & 15] ?? ''}`;
}
