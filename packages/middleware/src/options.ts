import type { Assurance, Clock, Fetch, KeyProtection, Random, Stage } from '@assay/core';
import type { DecryptionKey, EcJwk, ReplayMemory } from '@assay/tokens';
import type { Attestation } from './attestation.ts';
import type { VerificationEvent } from './events.ts';

/**
 * Where an API takes its tokens. `attestation`: in `OAuth-Client-Attestation`, so that `Authorization` stays the user's;
 * `access_token`: in `Authorization`.
 */
export type Shape = 'attestation' | 'access_token';

/**
 * Whether tokens that are bound to no key are taken. `required`: never. `optional`: without a proof. `off`: also next to a
 * header `DPoP` that is somebody else's. A bound token needs its proof whatever stands here.
 */
export type DpopMode = 'required' | 'optional' | 'off';

/** A JWKS as an object, of keys on P-256; members that make no key are passed over. */
export interface Jwks {
  readonly keys: readonly (Partial<EcJwk> & { readonly kid?: string })[];
}

/** Address of a JWKS, the keys themselves, or a function that gets them for an issuer. */
export type JwksOption = string | URL | Jwks | ((issuer: string) => Promise<Jwks>);

/** What one route demands beyond a valid token and proof. */
export interface RouteDemands {
  /** Least assurance. Default `low`: whatever the issuer's policy admits. */
  readonly acr?: Assurance;
  /**
   * Least tier. Default `warning`: both passing tiers. `affirming` refuses tokens that were given although a rule of the
   * policy warned.
   */
  readonly tier?: 'affirming' | 'warning';
  /** Greatest age of the last fresh platform evidence (`fat`), in seconds. */
  readonly maxAge?: number;
  /** Greatest age of the attestation of the key (`vat`), in seconds. */
  readonly maxEnrolmentAge?: number;
  /** Ways of keeping the key that are accepted. Default: all. iOS keys are `app_asserted`. */
  readonly keyProtection?: readonly KeyProtection[];
  /** Tokens issued while a vendor could not be asked. Default `refuse`. */
  readonly degraded?: 'refuse' | 'accept';
  /**
   * Tokens of installs that the issuer lets through although its policy refuses them: as long as the policy is being rolled
   * out, or by an operator's order. They say tier `warning` and assurance `low`. Default `accept`, so that a roll-out at the
   * issuer breaks no call.
   */
  readonly unenforced?: 'accept' | 'refuse';
  /** `required` (default): a proof holds our nonce, so none was made in advance. `offered`: its time will do at first. */
  readonly nonce?: 'required' | 'offered';
  /** `proven`: the proof must name the query. Default `any`: one that names a query names this one, foreign clients' name none. */
  readonly query?: 'any' | 'proven';
  /**
   * `proven`: the body must be, octet for octet, the one that the app signed: nobody on the way has changed it. Needs an
   * adapter that has the octets. Default `any`.
   */
  readonly body?: 'any' | 'proven';
  /** Octets that a body to be proven may have: it is held in memory. Default 1 MiB. */
  readonly bodyLimit?: number;
  /**
   * How far the route is rolled out. `off`: nothing is checked. `monitor`: everything is checked and recorded, nothing is
   * blocked. `soft`: what carries a token or proof that does not hold, or that is denied for good, is blocked; what carries no
   * token, one that a fresher attestation would mend, or one that nobody could check during an outage, goes on without
   * attestation and is recorded. `enforce` (default): everything that is not attested is blocked.
   */
  readonly stage?: Stage;
}

/**
 * What an API says about itself. Clock, random and fetch default to the platform's own, because applications embed this
 * package at their outermost edge and have no other place to hand them in; whoever tests or replays gives them explicitly.
 */
export interface VerifierOptions extends RouteDemands {
  /** The issuers whose tokens are taken, as configured there. */
  readonly issuer: string | readonly string[];
  /** This API as it is registered with the issuer. */
  readonly audience: string;
  /** The apps that may call. An empty list is refused: every app of the tenant has tokens. */
  readonly apps: readonly string[];
  /** Scheme, host and port that apps call, for example `https://api.example.com`. Never taken from the request. */
  readonly publicOrigin: string;
  /** Default `attestation`. */
  readonly shape?: Shape;
  /** Default: `/v1/jwks` below each issuer. With several issuers only a function can name others. */
  readonly jwks?: JwksOption;
  /** Default `required`; the attestation shape takes nothing else. */
  readonly dpop?: DpopMode;
  /** 32 secret bytes that nonces are made with; replicas that share the traffic share them. Default: random. */
  readonly nonceSecret?: Uint8Array;
  /** Memory of used proofs. Default: of this process; give a shared one where a proof must work once in all replicas. */
  readonly replay?: 'memory' | ReplayMemory;
  /** Seconds that clocks may differ. Default 30. */
  readonly clockTolerance?: number;
  /** Asked last, on every request, also for remembered tokens. A rejection refuses. */
  readonly isRevoked?: (attestation: Attestation) => boolean | Promise<boolean>;
  /** Told about every decision, and not waited for. What it throws is dropped: a broken log decides nothing. */
  readonly onEvent?: (event: VerificationEvent) => unknown;
  /**
   * Private keys on P-256 that open tokens sealed to this API, whose public half is registered with the issuer. Given, every
   * refusal of a token is answered alike; several while one takes over from another.
   */
  readonly decryptionKeys?: readonly DecryptionKey[];
  /** With `decryptionKeys`: `accept` takes tokens that are not sealed as well, as long as the issuer still sends some. Default `refuse`. */
  readonly plainTokens?: 'refuse' | 'accept';
  /** Takes proofs of foreign clients, which do not cover the attestation token: an older, better one can be swapped in. */
  readonly dangerouslyAcceptUncoveredAttestation?: boolean;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly fetch?: Fetch;
}
