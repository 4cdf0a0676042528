import type { Spelled } from '../pinned-host.ts';
import type { Place } from '../place.ts';

/** A tree of data: a property list, JSON or YAML. Binary property lists do not say where their values stand. */
export type DataValue =
  | { readonly kind: 'dict'; readonly entries: readonly DataEntry[]; readonly place: Place }
  | { readonly kind: 'array'; readonly items: readonly DataValue[]; readonly place: Place }
  | { readonly kind: 'string'; readonly value: string; readonly place: Place }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly place: Place }
  | { readonly kind: 'number'; readonly value: number; readonly place: Place }
  /** A date, data or null: nothing that a pinning configuration has. */
  | { readonly kind: 'other'; readonly place: Place };

/** A key with its value. A key may stand twice: the platform takes the last. */
export interface DataEntry {
  readonly key: Spelled;
  readonly value: DataValue;
}

export type DataDict = Extract<DataValue, { readonly kind: 'dict' }>;

/** The last value of a key. */
export function entryOf(value: DataValue | undefined, key: string): DataEntry | undefined {
  return value?.kind === 'dict' ? value.entries.findLast((entry) => entry.key.text === key) : undefined;
}

/** The value of a key when it is a dictionary. */
export function dictOf(value: DataValue | undefined, key: string): DataDict | undefined {
  const found = entryOf(value, key)?.value;
  return found?.kind === 'dict' ? found : undefined;
}

/** What a value says as plain JavaScript: for messages and for comparing with what the platform wants. */
export function plainOf(value: DataValue): unknown {
  return 'value' in value ? value.value : value.kind;
}

/** The value of a key when it is a boolean: the platform takes nothing else for one. */
export function booleanOf(value: DataValue | undefined, key: string): boolean | undefined {
  const found = entryOf(value, key)?.value;
  return found?.kind === 'boolean' ? found.value : undefined;
}

/** The value of a key when it is a text, with its place. */
export function stringOf(value: DataValue | undefined, key: string): Spelled | undefined {
  const found = entryOf(value, key)?.value;
  return found?.kind === 'string' ? { text: found.value, place: found.place } : undefined;
}

/** The items of a list under a key; none when there is no list. */
export function itemsOf(value: DataValue | undefined, key: string): readonly DataValue[] {
  const found = entryOf(value, key)?.value;
  return found?.kind === 'array' ? found.items : [];
}
