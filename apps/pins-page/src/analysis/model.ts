import type { Explained, Outcome, Severity } from '@assay/pin-configs';

/** One paste or one dropped file. Its name tells how it is read, as in a project. */
export interface Sheet {
  readonly name: string;
  /** Bytes as dropped; text as pasted, in UTF-8. */
  readonly bytes: Uint8Array;
}

/** The connection about which is asked. The path is that of the certificates among the sheets. */
export interface Question {
  readonly host: string;
  /** Epoch milliseconds by the device's clock. */
  readonly at: number;
  readonly build: 'release' | 'debug';
  readonly anchor: 'system' | 'user' | 'app';
  readonly targetSdk: number;
}

export interface WriteWishes {
  readonly debug: boolean;
  readonly acceptCertificatePins: boolean;
}

/** Everything that the page asks at once. */
export interface Task {
  readonly sheets: readonly Sheet[];
  /** Epoch milliseconds. */
  readonly now: number;
  readonly question: Question;
  readonly wishes: WriteWishes;
}

/** A public key that was found, and what it stands for. Nothing here is verified but the digest. */
export interface FoundKey {
  readonly sheet: string;
  /** base64 SHA-256 of the SubjectPublicKeyInfo (RFC 7469 2.4). */
  readonly pin: string;
  readonly role: 'leaf' | 'intermediate' | 'root' | 'request' | 'public key';
  /** As people read it: `ec P-256`. */
  readonly key: string;
  readonly subject?: string;
  readonly certificate?: CertificateFacts;
}

export interface CertificateFacts {
  /** base64 SHA-256 of the whole certificate. */
  readonly digest: string;
  readonly issuer: string;
  /** Epoch milliseconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly dnsNames: readonly string[];
}

/** What became of a sheet. */
export interface SheetState {
  readonly name: string;
  readonly kind: string;
  /** Why nothing was made of it. */
  readonly fault?: string;
}

export interface ShownFinding {
  readonly rule: string;
  readonly name: string;
  readonly severity: Severity;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The line and, beneath it, the marker. */
  readonly excerpt: readonly string[];
  readonly why: string;
  readonly attacker: string;
  readonly lockout: string;
  readonly fix: string;
  readonly masvs: string;
  readonly maswe: string;
}

export interface LintSummary {
  /** At most {@link MOST_FINDINGS}, the gravest first. */
  readonly findings: readonly ShownFinding[];
  readonly counts: Readonly<Record<Severity, number>>;
  readonly suppressed: number;
  readonly rules: number;
}

export interface Connecting {
  readonly answer: Outcome['answer'] | undefined;
  readonly mechanisms: readonly Explained[];
}

export interface WrittenTarget {
  readonly id: string;
  readonly title: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly warnings: readonly string[];
  /** Why nothing is written; empty when something is. */
  readonly refusals: readonly string[];
  readonly caveats: readonly string[];
}

export interface Analysis {
  readonly sheets: readonly SheetState[];
  readonly keys: readonly FoundKey[];
  /** Absent when no sheet is a configuration. */
  readonly lint?: LintSummary;
  readonly connecting?: Connecting;
  /** Absent when no sheet is a policy that can be read. */
  readonly written?: readonly WrittenTarget[];
}
