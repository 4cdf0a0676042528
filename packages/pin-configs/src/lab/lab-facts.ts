import { holdsText } from '../artifact/bytes.ts';
import type { CodeFact } from '../code/facts.ts';
import { createPlacer, type Place } from '../place.ts';
import { LAB_PIN } from './mark.ts';

const WHAT = 'the pin that marks lab variants';

/** The mark in source code. */
export function labFactsInText(file: string, text: string): readonly CodeFact[] {
  const at = text.indexOf(LAB_PIN);
  if (at === -1) return [];
  return [{ kind: 'lab_build', what: WHAT, place: createPlacer(file, text).at(at, at + LAB_PIN.length) }];
}

/** The mark in compiled code, whichever way it keeps its strings. */
export const labFactsInBytes = (bytes: Uint8Array, place: Place): readonly CodeFact[] =>
  holdsText(bytes, LAB_PIN) ? [{ kind: 'lab_build', what: WHAT, place }] : [];
