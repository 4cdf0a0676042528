import type { ProtoMessage } from './protobuf.ts';
import { floatText, type TypedValue, toReference, toStringValue, toTypedValue } from './typed-value.ts';

/** Numbers of the fields of `Item`, `Reference` and `Primitive` (AOSP `tools/aapt2/Resources.proto`, Android 16). */
const ITEM = { REFERENCE: 1, STRING: 2, RAW_STRING: 3, STYLED_STRING: 4, FILE: 5, ID: 6, PRIMITIVE: 7 } as const;
const REFERENCE = { TYPE: 1, ID: 2, NAME: 3 } as const;

/** Fields of `Primitive` that hold the data of a `Res_value` as they are: its data type each. */
const DATA_TYPES: readonly (readonly [field: number, dataType: number])[] = [
  [13, 0x05],
  [14, 0x06],
  [6, 0x10],
  [7, 0x11],
  [8, 0x12],
  [9, 0x1c],
  [10, 0x1d],
  [11, 0x1e],
  [12, 0x1f],
];
const FLOAT = 3;
/** Written as floats by the first releases of aapt2. */
const OLD_FLOATS: readonly (readonly [field: number, kind: 'dimension' | 'fraction'])[] = [
  [4, 'dimension'],
  [5, 'fraction'],
];

const NULL: TypedValue = { kind: 'null', text: '' };

/** The value of an `Item`, and whether Android will take it for an integer. */
export function itemValue(item: ProtoMessage): TypedValue & { readonly isInteger?: boolean } {
  const reference = item.message(ITEM.REFERENCE);
  if (reference !== undefined) return referenceValue(reference);
  for (const number of [ITEM.STRING, ITEM.RAW_STRING, ITEM.STYLED_STRING, ITEM.FILE]) {
    const text = item.message(number);
    if (text !== undefined) return toStringValue(text.text(1));
  }
  const primitive = item.message(ITEM.PRIMITIVE);
  return primitive === undefined ? NULL : primitiveValue(primitive);
}

/** A reference that aapt2 could not number keeps its name alone. */
function referenceValue(reference: ProtoMessage): TypedValue {
  const sign = reference.uint32(REFERENCE.TYPE) === 0 ? '@' : '?';
  const [id, name] = [reference.uint32(REFERENCE.ID), reference.text(REFERENCE.NAME)];
  if (id !== 0 || name === '') return toReference(sign, id);
  return { kind: sign === '@' ? 'reference' : 'attribute', text: `${sign}${name}` };
}

function primitiveValue(primitive: ProtoMessage): TypedValue & { readonly isInteger?: boolean } {
  for (const [field, dataType] of DATA_TYPES) {
    if (!primitive.has(field)) continue;
    const value = toTypedValue(dataType, primitive.uint32(field), () => undefined);
    return { ...value, isInteger: dataType >= 0x10 };
  }
  if (primitive.has(FLOAT)) return { kind: 'float', text: floatText(primitive.float(FLOAT)) };
  for (const [field, kind] of OLD_FLOATS) {
    if (primitive.has(field)) return { kind, text: floatText(primitive.float(field)) };
  }
  return NULL;
}
