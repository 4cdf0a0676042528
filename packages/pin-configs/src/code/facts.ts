import type { Place } from '../place.ts';

export type Language = 'kotlin' | 'java' | 'swift' | 'objc' | 'dart' | 'typescript' | 'javascript' | 'arkts' | 'csharp';

/** A lexical unit of source code; comments and white space are gone, string contents are decoded. */
export interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'punctuation';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** Something that source code or a built app does with TLS, found by its call; each kind has its own rule. */
export interface CodeFact {
  /** `trust_all`, `hostname_any`, `custom_trust_manager`, `key_match_only`, `presented_list`, `probe_pinning`, … */
  readonly kind: string;
  /** The library or platform call that it was told by. */
  readonly what: string;
  readonly place: Place;
}
