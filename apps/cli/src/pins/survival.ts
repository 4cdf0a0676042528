import { z } from 'zod';
import { readDocument } from '../documents.ts';
import type { DescribedPin } from './described.ts';

const Pin = z.looseObject({
  pin: z.string(),
  role: z.string(),
  certificate: z.looseObject({ digest: z.string() }).nullish(),
});

const Earlier = z.looseObject({
  schema: z.literal('assay.pins.get/1'),
  sources: z.array(z.looseObject({ name: z.string(), pins: z.array(Pin) })),
});

export type Earlier = z.output<typeof Earlier>;

/** What `assay pins get --json` wrote before. @throws RequestError `cli.document_invalid` */
export const readEarlier = (path: string): Earlier => readDocument(path, Earlier);

/**
 * What became of the leaf: `same_certificate`, renewed with its key kept or changed, or `not_in_earlier`. Whether the
 * authorities above it are the same ones is of interest to whoever pins them.
 */
export interface Survival {
  readonly leaf: 'same_certificate' | 'key_kept' | 'key_changed' | 'not_in_earlier';
  /** Pins of authorities that are gone, and that are new. */
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

export function compareWith(earlier: Earlier, name: string, pins: readonly DescribedPin[]): Survival {
  const before = earlier.sources.filter((source) => source.name === name).flatMap((source) => source.pins);
  const authorities = (list: readonly { readonly pin: string; readonly role: string }[]) =>
    new Set(list.filter(({ role }) => role === 'intermediate' || role === 'root').map(({ pin }) => pin));
  const [old, now] = [authorities(before), authorities(pins)];
  const isKnown = before.length > 0;
  return {
    leaf: leafOf(before, pins),
    gone: [...old].filter((pin) => !now.has(pin)),
    added: isKnown ? [...now].filter((pin) => !old.has(pin)) : [],
  };
}

function leafOf(before: readonly z.output<typeof Pin>[], pins: readonly DescribedPin[]): Survival['leaf'] {
  const old = before.find(({ role }) => role === 'leaf');
  const now = pins.find(({ role }) => role === 'leaf');
  if (old === undefined || now === undefined) return 'not_in_earlier';
  if (old.pin !== now.pin) return 'key_changed';
  const isSame = old.certificate != null && old.certificate.digest === now.certificate?.digest;
  return isSame ? 'same_certificate' : 'key_kept';
}
