import type { JsonObject, JsonValue } from '@assay/formats';
import { parseBase64 } from '@assay/formats';
import { listMalformed } from './log.ts';

// Members of a list of logs. Each reader names the place of what is not so; unknown members are the publisher's to add.

export function objectOf(value: JsonValue | undefined, place: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw listMalformed(place);
  return value as JsonObject; // Array.isArray does not narrow a readonly array away.
}

export function listOf(value: JsonValue | undefined, place: string): readonly JsonValue[] {
  if (!Array.isArray(value)) throw listMalformed(place);
  return value;
}

export function textOf(value: JsonValue | undefined, place: string): string {
  if (typeof value !== 'string' || value === '') throw listMalformed(place);
  return value;
}

export function bytesOf(value: JsonValue | undefined, place: string): Uint8Array {
  try {
    return parseBase64(textOf(value, place));
  } catch (error) {
    throw listMalformed(place, error);
  }
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** Epoch milliseconds. */
export function timeOf(value: JsonValue | undefined, place: string): number {
  const text = textOf(value, place);
  const time = MOMENT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw listMalformed(place);
  return time;
}
