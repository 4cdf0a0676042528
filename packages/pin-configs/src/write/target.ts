import type { PinPolicy, PolicyHost } from '../policy/model.ts';

/** A file that a target consists of. */
export interface WrittenFile {
  /** Relative, with forward slashes, beneath the target's own folder. */
  readonly path: string;
  readonly text: string;
}

/** What a form of configuration can say. Whatever it cannot is expanded, told or refused by `fit.ts`, never left out unsaid. */
export interface Abilities {
  readonly subdomains: readonly PolicyHost['subdomains'][];
  /** What several entries that cover one host do. A policy means the most specific one. */
  readonly overlap: 'most-specific' | 'union';
  /** Which certificates of a path a pin may name: any, one kind for each host, or the leaf's alone. */
  readonly positions: 'any' | 'one-kind' | 'leaf';
  readonly expires: boolean;
  /** A mismatch can be told without being refused. */
  readonly reports: boolean;
  /** Mismatches are sent to the addresses of `reportTo`. */
  readonly sendsReports: boolean;
  /** Trusts nothing but named authorities. */
  readonly privateTrust: boolean;
  /** `platform`: asked for by the system for every public certificate. */
  readonly transparency: 'configured' | 'platform' | 'none';
  /** `certificate`: a renewal ends the app, so nothing is written unless that is accepted. */
  readonly pins: 'spki' | 'certificate';
}

/** A host as a target gets it: its policy's host, cut to what the target can say. */
export type FittedHost = PolicyHost;

export interface FittedPolicy extends PinPolicy {
  readonly hosts: readonly FittedHost[];
}

/** A harness whose authority a build trusts, and whose keys it pins, so that every fault can be shown to it alone. */
export interface LabVariant {
  /** Certificate of the authority, PEM. */
  readonly authority: string;
  /** base64 SHA-256 of SubjectPublicKeyInfos; the first is the valid server's. */
  readonly pins: readonly string[];
}

export interface WriteOptions {
  /** Also the files of debug builds, where the target has any. */
  readonly debug?: boolean;
  /** Targets that compare whole certificates are written, though the renewal of a certificate ends the app. */
  readonly acceptCertificatePins?: boolean;
  /** Writes the variant for a lab build instead; {@link LabVariant}. */
  readonly lab?: LabVariant;
  /** Name of the policy's file, without folders, for what is written; `assay.pins.yaml` when left out. */
  readonly source?: string;
}

export interface Target {
  /** Stable; also the name of the folder. */
  readonly id: string;
  readonly title: string;
  readonly can: Abilities;
  /** What somebody who uses the files must know and no file can enforce. */
  readonly caveats: readonly string[];
  files(policy: FittedPolicy, options: WriteOptions): readonly WrittenFile[];
}

/** Something that the target says otherwise than the policy, and about which host. */
export interface Warning {
  readonly host?: string;
  readonly message: string;
}

export interface Written {
  readonly target: Target;
  readonly files: readonly WrittenFile[];
  readonly warnings: readonly Warning[];
}
