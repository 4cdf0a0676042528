import { createHash } from 'node:crypto';
import { type Acceptance, type Instance, type InstanceChange, noFacts } from '@assay/core';

const APP = 'com.example.torture';
const FORMAT = 'apple-app-attest';
const HOUR_MS = 3_600_000;

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** A new instance; `name` is unique and makes every id of it. */
export function makeInstance(iss: string, name: string, change: Partial<Instance> = {}): Instance {
  return {
    ...{ iss, jkt: digest(`jkt ${name}`), app: APP, format: FORMAT, attestedKey: digest(`key ${name}`) },
    ...{ attestedSpki: digest(`spki ${name}`), lineage: `lineage ${name}`, status: 'active', counter: 0 },
    ...{ environment: 'production', vat: 0, fat: 0, createdAt: 0, serialHmacs: [digest(`serial ${name}`)] },
    ...{ reporters: [], facts: noFacts() },
    ...change,
  };
}

/** An acceptance about as large as a real one. Its challenge is the id, so that the reader finds the redemption. */
export function makeAcceptance(iss: string, id: string, subject: Instance, change: InstanceChange): Acceptance {
  const { jkt, lineage } = subject;
  const requestHash = digest(`request ${id}`);
  const check = { check: 'apple.nonce', clause: 'step 4', proves: 'the nonce is ours', outcome: 'passed' } as const;
  return {
    iss,
    redemption: { challengeHash: digest(id), requestHash, expiresAt: HOUR_MS },
    change,
    appraisal: {
      ...{ iss, id, support: id, app: APP, purpose: change.kind, at: 0, jkt, lineage, format: FORMAT, platform: 'ios' },
      ...{ requestHash, facts: noFacts(), checks: Array.from({ length: 10 }, () => check) },
      verdict: { tier: 'affirming', assurance: 'high', reasons: [], policy: 'strict@1', trace: [] },
      record: {
        evidenceDigests: [{ role: 'attestation', digest: digest(`evidence ${id}`) }],
        certificates: [{ serial: digest(`serial ${id}`), spki: digest(`certificate ${id}`) }],
        ...{ challenge: id, at: 0, anchor: 'root', anchorsVersion: '1', statusListVersion: null, sdk: null },
        ...{ pinset: null, bundledPinset: null, challengeAgeMs: 0, addressHmac: null, latencyMs: {} },
      },
    },
    maxReissues: 3,
    deliveries: [{ lineage, secret: 'maps', version: 1, day: '2026-01-01', max: 1_000_000 }],
  };
}
