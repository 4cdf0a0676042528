import type { Place } from '../place.ts';

export type Language = 'kotlin' | 'java' | 'swift' | 'objc' | 'dart' | 'typescript' | 'javascript' | 'arkts' | 'csharp';

/**
 * A lexical unit of source code; comments and white space are gone, string contents are decoded. A `template` is a piece of a
 * string with code in it: what it says as a whole is not known. Punctuation is one character each.
 */
export interface Token {
  readonly kind: 'word' | 'string' | 'template' | 'number' | 'punctuation';
  readonly text: string;
  /** UTF-16 offsets; of a string, what stands between its quotes. */
  readonly start: number;
  readonly end: number;
}

/** What code can do with TLS; each kind has its own rule. */
export type FactKind =
  /** Every certificate is accepted. */
  | 'trust_all'
  /** Any host's certificate is accepted. */
  | 'hostname_any'
  /** A trust manager of the app's own that does not ask the platform's. */
  | 'custom_trust_manager'
  /** A key or certificate that matches is accepted, and no path is validated. */
  | 'key_match_only'
  /** Pins are compared with what the server sent, not with the validated path. */
  | 'presented_list'
  /** Pins are checked on another connection than the one that is used. */
  | 'probe_pinning'
  | 'runtime_disable'
  | 'webview_proceed'
  | 'webview_asks'
  | 'remote_pins'
  | 'weak_protocol'
  | 'weak_cipher'
  | 'pinning_off'
  | 'unlisted_hosts'
  | 'adds_root'
  | 'user_trust'
  /** Hashes that the library reads on one platform only. */
  | 'android_only_pins'
  /** Pins per request, which a static pin-set of HarmonyOS overrules. */
  | 'request_pins'
  | 'legacy_client'
  /** The mark of a configuration that trusts the test authority of a harness. */
  | 'lab_build'
  /** Validation is replaced for every connection of the process. */
  | 'process_wide';

/** Something that source code or a built app does with TLS, found by its call. */
export interface CodeFact {
  readonly kind: FactKind;
  /** The library or platform call that it was told by. */
  readonly what: string;
  readonly place: Place;
}
