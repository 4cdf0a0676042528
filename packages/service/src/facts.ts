import { ABSENT, claimed, type Facts, proven, type Signal } from '@assay/core';

const APP = 'the app';

/** What the app says of itself, out of the signed statement. */
export interface Claims {
  readonly version?: string | undefined;
  readonly os?: string | undefined;
  readonly signals: readonly Signal[];
}

/** Adds the app's claims where nothing better is known: a claim never replaces a proven fact. */
export function withClaims(facts: Facts, claims: Claims): Facts {
  const { app, device } = facts;
  return {
    ...facts,
    app: { ...app, version: app.version.known === 'proven' ? app.version : claimed(claims.version, APP) },
    device: { ...device, osVersion: device.osVersion.known === 'proven' ? device.osVersion : claimed(claims.os, APP) },
    signals: claims.signals,
  };
}

/**
 * On iOS the evidence proves the app and its App Attest key, not where the instance key lives: a genuine app says that
 * it is in the Secure Enclave, and that is all (`docs/protocol.md`).
 */
export function withAssertedKey(facts: Facts): Facts {
  return { ...facts, key: { ...facts.key, protection: claimed('app_asserted', 'the genuine app') } };
}

/** Facts of a refresh: what the enrolment proved, renewed by what this message proves. */
export function renewed(enrolled: Facts, fresh: Facts | undefined): Facts {
  if (fresh === undefined) return { ...enrolled, signals: [] };
  const { category, build } = fresh.app;
  return {
    ...enrolled,
    evidence: [...new Set([...enrolled.evidence, ...fresh.evidence])],
    app: {
      ...enrolled.app,
      category: category.known === 'absent' ? enrolled.app.category : category,
      build: build.known === 'absent' ? enrolled.app.build : build,
      version: ABSENT,
    },
    signals: [],
  };
}

/** The revocation of a stored chain as the status list has it today: the enrolment's answer is no proof any more. */
export function withRevocation(facts: Facts, revocation: 'not_listed' | 'not_checked'): Facts {
  return { ...facts, chain: { ...facts.chain, revocation: proven(revocation, 'android-key') } };
}
