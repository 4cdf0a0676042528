import { createHash, randomUUID } from 'node:crypto';
import { type Acceptance, type Appraisal, type Instance, type InstanceChange, noFacts, proven } from '@assay/core';

const FORMAT = 'apple-app-attest';
/** 2026-01-01T00:00:00Z. */
export const NOW = 1_767_225_600_000;
export const DAY = '2026-01-01';

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

let made = 0;

/** Sorts by the order of making, as ids in production sort by time. */
function nextId(): string {
  made += 1;
  return `${String(made).padStart(10, '0')}-${randomUUID()}`;
}

export function makeInstance(iss: string, change: Partial<Instance> = {}): Instance {
  const id = nextId();
  return {
    iss,
    jkt: digest(`jkt ${id}`),
    app: 'com.example.bank',
    format: FORMAT,
    attestedKey: digest(`attested ${id}`),
    attestedSpki: digest(`spki ${id}`),
    lineage: `lineage-${id}`,
    status: 'active',
    counter: 0,
    environment: 'production',
    vat: NOW,
    fat: NOW,
    createdAt: NOW,
    serialHmacs: [digest(`serial ${id}`)],
    reporters: [],
    facts: { ...noFacts(), evidence: [FORMAT], platform: proven('ios', FORMAT) },
    ...change,
  };
}

function makeAppraisal(iss: string, requestHash: string, change: InstanceChange): Appraisal {
  const id = nextId();
  return {
    iss,
    id,
    support: `S-${id}`,
    app: 'com.example.bank',
    purpose: change.kind,
    at: NOW,
    jkt: change.kind === 'refresh' ? change.jkt : change.instance.jkt,
    lineage: change.kind === 'refresh' ? 'lineage' : change.instance.lineage,
    format: FORMAT,
    platform: 'ios',
    requestHash,
    facts: noFacts(),
    verdict: { tier: 'affirming', assurance: 'high', reasons: [], policy: 'strict@1', trace: [] },
    checks: [{ check: 'apple.nonce', clause: 'step 4', proves: 'the nonce is ours', outcome: 'passed' }],
    record: {
      evidenceDigests: [{ role: 'attestation', digest: digest(id) }],
      certificates: [{ serial: digest('serial'), spki: digest('spki') }],
      challenge: 'c',
      at: NOW,
      anchor: 'apple-app-attest-root',
      anchorsVersion: '1',
      statusListVersion: null,
      sdk: null,
      pinset: null,
      bundledPinset: null,
      challengeAgeMs: 12,
      addressHmac: null,
      latencyMs: { verify: 1.5 },
    },
  };
}

/** An acceptance of this change, with a challenge and a request of its own. */
export function makeAcceptance(iss: string, change: InstanceChange, over: Partial<Acceptance> = {}): Acceptance {
  const id = nextId();
  const requestHash = digest(`request ${id}`);
  return {
    iss,
    redemption: { challengeHash: digest(`challenge ${id}`), requestHash, expiresAt: NOW + 360_000 },
    change,
    appraisal: makeAppraisal(iss, requestHash, change),
    deliveries: [],
    maxReissues: 3,
    ...over,
  };
}

export function enrolment(iss: string, instance: Instance = makeInstance(iss)): Acceptance {
  return makeAcceptance(iss, { kind: 'enrol', instance });
}

/** The same request sent again: another appraisal was prepared, over the same challenge and bytes. */
export function resend(acceptance: Acceptance): Acceptance {
  const fresh = makeAcceptance(acceptance.iss, acceptance.change);
  const { requestHash } = acceptance.redemption;
  return { ...fresh, redemption: acceptance.redemption, appraisal: { ...fresh.appraisal, requestHash } };
}

/** An issuer that no other test uses, so that tests may share a database. */
export function newIssuer(): string {
  return `https://attest.example.com/t/${randomUUID()}/e/prod`;
}
