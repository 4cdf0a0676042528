import type { CodeDocument } from '../project.ts';

/** What source code says about TLS and pins; undefined when it says nothing. */
export function readCode(_file: string, _text: string): Omit<CodeDocument, 'variant' | 'origin' | 'text'> | undefined {
  return undefined;
}
