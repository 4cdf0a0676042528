import type { Place } from './place.ts';

/** A value as a file spells it, and where. Nothing is trimmed, decoded or corrected. */
export interface Spelled {
  readonly text: string;
  readonly place: Place;
}

/** The forms in which pins are written down. */
export type Format =
  | 'nsc'
  | 'ats'
  | 'trustkit-ios'
  | 'trustkit-android'
  | 'okhttp'
  | 'ktor'
  | 'harmony'
  | 'react-native'
  | 'flutter'
  | 'cordova'
  | 'nativescript'
  | 'alamofire'
  | 'afnetworking'
  | 'urlsession'
  | 'maui'
  | 'curl'
  | 'node'
  | 'hpkp'
  | 'pin-list'
  | 'assay';

/** How a format writes one pin, and what it does with one that it cannot use. */
export interface PinSpelling {
  /** What stands before the base64: nothing, `sha256/`, `sha256//`. */
  readonly prefix: '' | 'sha256/' | 'sha256//';
  /** What becomes of the app when a pin cannot be decoded, or has the wrong length. */
  readonly onBadBase64: 'crash' | 'drop' | 'never-matches' | 'unknown';
  readonly onBadLength: 'crash' | 'drop' | 'never-matches' | 'unknown';
}

/**
 * One host with its pins as one configuration states them, before any platform's semantics. This is what the rules that
 * hold for every format look at; the format's own model is in its folder.
 */
export interface PinnedHost {
  readonly format: Format;
  readonly host: Spelled;
  /** Which hosts beneath it are meant: `one` label deep, or `all`. `*.` of OkHttp leaves out the apex. */
  readonly subdomains: 'none' | 'one' | 'all';
  readonly apex: boolean;
  readonly pins: readonly Spelled[];
  /** ATS tells leaf pins from CA pins; everywhere else any certificate of the path may match. */
  readonly position: 'any' | 'leaf' | 'ca';
  /** Absent where none is written; `expires` in {@link FORMAT_TRAITS} says whether the format has one at all. */
  readonly expiration?: Spelled;
  /** False when a mismatch is only reported. */
  readonly enforced: boolean;
  /** False inside debug-overrides, debug source sets and the like: such pins protect nobody's release. */
  readonly release: boolean;
  /** Where the whole entry stands. */
  readonly place: Place;
}
