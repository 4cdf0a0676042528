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

/** Where no platform attests a key, K is a key in software by the app's own word, whatever else the evidence proves. */
export function withSoftwareKey(facts: Facts): Facts {
  const { protection: _, ...key } = facts.key;
  const nothing = Object.fromEntries(Object.keys(key).map((name) => [name, ABSENT]));
  return { ...facts, key: { ...facts.key, ...nothing, protection: claimed('software', APP) } };
}

/** Facts that an instance keeps, without what was said with one message alone. */
export function withoutMessage(facts: Facts): Facts {
  return { ...facts, app: { ...facts.app, version: ABSENT }, signals: [], degraded: [] };
}

/** The revocation of a stored chain as the status list has it today: the enrolment's answer is no proof any more. */
export function withRevocation(facts: Facts, revocation: 'not_listed' | 'not_checked'): Facts {
  return { ...facts, chain: { ...facts.chain, revocation: proven(revocation, 'android-key') } };
}
