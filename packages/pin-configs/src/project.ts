import type { AndroidManifest } from './android/manifest.ts';
import type { NscConfig } from './android/nsc.ts';
import type { AtsConfig } from './apple/ats.ts';
import type { TrustKitConfig } from './apple/trustkit.ts';
import type { CodeFact, Language } from './code/facts.ts';
import type { HarmonyConfig } from './harmony/config.ts';
import type { PinnedHost, Spelled } from './pinned-host.ts';
import type { Place } from './place.ts';
import type { PinPolicy } from './policy/model.ts';
import type { StackUse } from './stack/stack.ts';

/** What every document has. */
interface DocumentBase {
  readonly file: string;
  readonly origin: 'source' | 'apk' | 'aab' | 'ipa';
  /** Which build the file belongs to, told by its path; `any` where the path does not say. */
  readonly variant: 'release' | 'debug' | 'test' | 'any';
  /** The built app that it came out of; documents of one app share it. */
  readonly app?: string;
  /** The file's text, when it is one: for excerpts, suppressions and edits. */
  readonly text?: string;
  /** Every host with pins that the document states, in the common form. */
  readonly pinned: readonly PinnedHost[];
}

export interface NscDocument extends DocumentBase {
  readonly kind: 'nsc';
  readonly config: NscConfig;
  /** Of built apps: whether the manifest refers to the file. Sources do not say. */
  readonly isReferenced?: boolean;
}

export interface ManifestDocument extends DocumentBase {
  readonly kind: 'manifest';
  readonly manifest: AndroidManifest;
}

export interface PlistDocument extends DocumentBase {
  readonly kind: 'plist';
  readonly ats?: AtsConfig;
  readonly trustKit?: TrustKitConfig;
  /** `NSExtension` is there: the Info.plist of an app extension. */
  readonly isExtension: boolean;
}

export interface HarmonyDocument extends DocumentBase {
  readonly kind: 'harmony';
  readonly config: HarmonyConfig;
}

export interface CodeDocument extends DocumentBase {
  readonly kind: 'code';
  readonly language: Language;
  readonly facts: readonly CodeFact[];
  readonly stacks: readonly StackUse[];
  /** TrustKit's dictionary, where code holds it as a literal. */
  readonly trustKit?: TrustKitConfig;
  /** Hosts with pins of which not all are literals of the file: rules look at each pin, and not at the list. */
  readonly partly?: readonly PinnedHost[];
  /** Hosts of `https:` addresses in its strings. */
  readonly servers: readonly Spelled[];
}

/** package.json, Podfile.lock, pubspec.yaml, build.gradle: what the app depends on. */
export interface DependenciesDocument extends DocumentBase {
  readonly kind: 'dependencies';
  readonly stacks: readonly StackUse[];
}

/** Compiled code of a built app: dex files, native libraries, script bundles. */
export interface BinaryDocument extends DocumentBase {
  readonly kind: 'binary';
  readonly facts: readonly CodeFact[];
  readonly stacks: readonly StackUse[];
  /** Host names found in the code. */
  readonly hosts: readonly string[];
}

/** Pins in JSON or another data file that code reads. */
export interface PinListDocument extends DocumentBase {
  readonly kind: 'pin-list';
}

export interface PolicyDocument extends DocumentBase {
  readonly kind: 'policy';
  readonly policy: PinPolicy;
}

/** A file that is no member of its kind: reported with its place, and the run goes on. */
export interface UnreadableDocument extends DocumentBase {
  readonly kind: 'unreadable';
  readonly message: string;
  readonly place: Place;
  /** The platform's own parser would refuse it too, so that the app crashes. */
  readonly crashes: boolean;
}

export type Document =
  | NscDocument
  | ManifestDocument
  | PlistDocument
  | HarmonyDocument
  | CodeDocument
  | DependenciesDocument
  | BinaryDocument
  | PinListDocument
  | PolicyDocument
  | UnreadableDocument;

/** What a host serves now, looked at by the caller: this package fetches nothing. */
export interface LiveHost {
  /** Pins of the validated path, leaf first. */
  readonly path: readonly LiveCertificate[];
}

export interface LiveCertificate {
  readonly pin: string;
  /** base64 SHA-256 of the whole certificate: what some targets pin by mistake or by design. */
  readonly certificateDigest: string;
  readonly role: 'leaf' | 'intermediate' | 'root';
  /** Epoch milliseconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly issuer: string;
}

/** Everything that one run looks at. */
export interface Project {
  readonly documents: readonly Document[];
  /** Epoch milliseconds: the clock of the run. */
  readonly now: number;
  /** Warn of pins that end within so many days. */
  readonly expiryLeadDays: number;
  /** Epoch milliseconds until which the oldest supported version of the app must work, when the caller says so. */
  readonly supportEnd?: number;
  /** By host name; absent unless the caller looked. */
  readonly live?: ReadonlyMap<string, LiveHost>;
}
