import {
  type Acr,
  type Admission,
  ASSURANCES,
  type Assurance,
  type KeyProtection,
  type Platform,
  type Tier,
  toAcr,
} from '@assay/core';
import { type EcJwk, ecJwk, encodedBytes, integer, list, object, oneOf, type Reader, word } from '@assay/formats/shape';
import { type Annotations, readAnnotations } from './annotations.ts';

/** `typ` of the two shapes of one claim set: RFC 9068, and the OAuth attestation draft. */
export const TOKEN_TYPES = ['at+jwt', 'oauth-client-attestation+jwt'] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

/** What the appraisal found. Times are seconds since the epoch. */
export interface AttestationClaims {
  readonly plt: Platform;
  /** App version, as the app states it. */
  readonly ver: string;
  /** Last attestation of the key. */
  readonly vat: number;
  /** Last fresh platform evidence. */
  readonly fat: number;
  readonly kp: KeyProtection;
  readonly tier: Tier;
  /** `name@version` of the policy. */
  readonly pol: string;
  /** What was missing when the verdict was given, for example `vendor_unavailable`: a route can refuse it. */
  readonly deg?: readonly string[];
  /** Why this install has a token although the policy refuses it; then `tier` is `warning` and `acr` is `low`. */
  readonly stg?: Admission;
  /** What the policy notes about the install, by name. */
  readonly ann?: Annotations;
}

export type Confirmation = { readonly jkt: string } | { readonly jwk: EcJwk };

/** Claims of an attestation token (`docs/protocol.md`, Tokens). One audience; no device identifier; no reason codes. */
export interface TokenClaims {
  readonly iss: string;
  readonly aud: string;
  /** The app. */
  readonly sub: string;
  /** Seconds since the epoch. */
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  /** Shape at+jwt only; equals `sub`. */
  readonly client_id?: string;
  /** Absent in bearer tokens, whose assurance is `low` at most. */
  readonly cnf?: Confirmation;
  readonly acr: Acr;
  readonly amr: readonly string[];
  /** Pairwise pseudonym of the lineage for this audience: what an API logs and limits by. */
  readonly iid: string;
  readonly att: AttestationClaims;
}

const PLATFORMS: readonly Platform[] = ['ios', 'android', 'harmonyos', 'web', 'dev'];
const PROTECTIONS: readonly KeyProtection[] = ['hardware', 'app_asserted', 'software'];
const TIERS: readonly Tier[] = ['affirming', 'warning', 'contraindicated', 'none'];
const ADMISSIONS: readonly Admission[] = ['off', 'monitor', 'soft', 'unsampled', 'enforce_off', 'forced_pass'];
const ACRS: readonly Acr[] = ASSURANCES.map((assurance: Assurance) => toAcr(assurance));

const readAttestation: Reader<AttestationClaims> = object(
  {
    plt: oneOf(PLATFORMS),
    ver: word(64),
    vat: integer(0),
    fat: integer(0),
    kp: oneOf(PROTECTIONS),
    tier: oneOf(TIERS),
    pol: word(96),
  },
  { deg: list(word(64), 8), stg: oneOf(ADMISSIONS), ann: readAnnotations },
  { open: true },
);

const readJktConfirmation = object({ jkt: encodedBytes(32) });
const readJwkConfirmation = object({ jwk: ecJwk });

const isJwkForm = (value: unknown): boolean => typeof value === 'object' && value !== null && 'jwk' in value;

const readConfirmation: Reader<Confirmation> = (value, path) =>
  isJwkForm(value) ? readJwkConfirmation(value, path) : readJktConfirmation(value, path);

/** Unknown claims are ignored (RFC 7519 4): a newer issuer may add some. */
export const readTokenClaims: Reader<TokenClaims> = object(
  {
    iss: word(512),
    aud: word(512),
    sub: word(155),
    iat: integer(0),
    exp: integer(0),
    jti: word(64),
    acr: oneOf(ACRS),
    amr: list(word(16), 8),
    iid: word(64),
    att: readAttestation,
  },
  { client_id: word(155), cnf: readConfirmation },
  { open: true },
);
