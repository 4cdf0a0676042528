import type { ProtoMessage } from './protobuf.ts';
import {
  floatText,
  isInteger,
  type TypedValue,
  toReference,
  toStringValue,
  toTypedValue,
  type ValueKind,
} from './typed-value.ts';

/** Numbers of the fields of `Item`, `Reference` and `Primitive` (AOSP `tools/aapt2/Resources.proto`, Android 16). */
const ITEM = { REFERENCE: 1, STRING: 2, RAW_STRING: 3, STYLED_STRING: 4, FILE: 5, ID: 6, PRIMITIVE: 7 } as const;
const REFERENCE = { TYPE: 1, ID: 2, NAME: 3 } as const;

/** Fields of `Primitive` that hold the data of a `Res_value` as they are: its data type each. */
const DATA_TYPES: ReadonlyMap<number, number> = new Map([
  [6, 0x10],
  [7, 0x11],
  [8, 0x12],
  [9, 0x1c],
  [10, 0x1d],
  [11, 0x1e],
  [12, 0x1f],
  [13, 0x05],
  [14, 0x06],
]);

/** Fields of `Primitive` that hold a float; the latter two are of the first releases of aapt2. */
const FLOATS: ReadonlyMap<number, ValueKind> = new Map([
  [3, 'float'],
  [4, 'dimension'],
  [5, 'fraction'],
]);

type ItemValue = TypedValue & { readonly isInteger?: boolean };

const NULL: TypedValue = { kind: 'null', text: '' };

/** The value of an `Item`, and whether Android will take it for an integer. */
export function itemValue(item: ProtoMessage): ItemValue {
  const field = item.oneOf(Object.values(ITEM));
  const content = field === undefined ? undefined : item.message(field);
  if (content === undefined || field === ITEM.ID) return NULL;
  if (field === ITEM.REFERENCE) return referenceValue(content);
  return field === ITEM.PRIMITIVE ? primitiveValue(content) : toStringValue(content.text(1));
}

/** A reference that aapt2 could not number keeps its name alone. */
function referenceValue(reference: ProtoMessage): TypedValue {
  const sign = reference.uint32(REFERENCE.TYPE) === 0 ? '@' : '?';
  const [id, name] = [reference.uint32(REFERENCE.ID), reference.text(REFERENCE.NAME)];
  if (id !== 0 || name === '') return toReference(sign, id);
  return { kind: sign === '@' ? 'reference' : 'attribute', text: `${sign}${name}` };
}

function primitiveValue(primitive: ProtoMessage): ItemValue {
  const field = primitive.oneOf([...DATA_TYPES.keys(), ...FLOATS.keys()]) ?? 0;
  const dataType = DATA_TYPES.get(field);
  if (dataType !== undefined) {
    const value = toTypedValue(dataType, primitive.uint32(field), () => undefined);
    return { ...value, isInteger: isInteger(dataType) };
  }
  const kind = FLOATS.get(field);
  return kind === undefined ? NULL : { kind, text: floatText(primitive.float(field)) };
}
