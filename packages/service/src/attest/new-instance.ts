import type { Facts, Instance, InstanceChange } from '@assay/core';
import { toBase64url } from '@assay/formats';
import { toSpki } from '@assay/tokens';
import { withSoftwareKey } from '../facts.ts';
import { certificateMarks } from '../keys/hmac.ts';
import { type Evidence, findingsOf, madeAtOf, provenPrimary } from './appraise.ts';
import type { Assessment } from './assessment.ts';
import { mergeFacts } from './merge.ts';
import type { AttestedKey } from './pieces/finding.ts';
import { assertRegistrable } from './registration.ts';
import { reportersAfter } from './reporters.ts';
import type { Situation } from './situation.ts';

/** What a new instance takes over from the one before it, if there is one. */
interface Ancestry {
  readonly lineage: string;
  readonly reporters: readonly string[];
}

/** A change that makes an instance out of it. */
type Making = (instance: Instance) => Extract<InstanceChange, { kind: 'enrol' | 'rekey' }>;

/**
 * The assessment of evidence that brings an instance of its own.
 *
 * @throws EvidenceError `service.key_unfit`, `service.environment_mismatch`, `service.evidence_inconsistent`
 */
export function assessNew(
  situation: Situation,
  evidence: Evidence,
  { lineage, reporters: before }: Ancestry,
  making: Making,
): Assessment {
  const { keys, request, at } = situation;
  const primary = provenPrimary(evidence);
  const key = primary.attested ?? ownKey(situation, primary.once);
  const certificates = key.certificates.map((certificate) => certificateMarks(keys.record, certificate));
  const facts = enrolledFacts(situation, evidence);
  const { all: reporters, silent } = reportersAfter(before, request.statement);
  const instance = instanceOf(situation, evidence, key, { lineage, reporters, facts });
  return {
    ...{ format: instance.format, lineage, silent, attestedKey: key.attestedKey, anchor: key.anchor, certificates },
    ...{ vat: at, fat: instance.fat, outages: evidence.outages, facts },
    checks: findingsOf(evidence).flatMap(({ checks }) => checks),
    change: making({ ...instance, serialHmacs: certificates.map(({ serial }) => serial) }),
    ...(primary.grant === undefined ? {} : { grant: primary.grant }),
    ...(key.receipt === undefined ? {} : { receipt: key.receipt }),
  };
}

function instanceOf(
  { issuer, app, request, at }: Situation,
  evidence: Evidence,
  { attestedKey, attestedSpki, environment }: AttestedKey,
  rest: Pick<Instance, 'lineage' | 'reporters' | 'facts'>,
): Instance {
  return {
    ...{ iss: issuer.iss, jkt: request.jkt, app: app.id, format: evidence.route.format },
    ...{ attestedKey, attestedSpki, environment, ...rest, serialHmacs: [] },
    ...{ status: 'active', counter: 0, vat: at, fat: madeAtOf(findingsOf(evidence), at), createdAt: at },
  };
}

function enrolledFacts({ issuer }: Situation, evidence: Evidence): Facts {
  const primary = provenPrimary(evidence);
  const facts = primary.attested === undefined ? withSoftwareKey(primary.facts) : primary.facts;
  if (primary.attested !== undefined) assertRegistrable(facts, issuer.kind);
  return mergeFacts(
    facts,
    evidence.companions.map((companion) => companion.facts),
  );
}

/** K is what an instance lives by where no platform attests a key. */
function ownKey({ request }: Situation, once: string = request.jkt): AttestedKey {
  const attestedSpki = toBase64url(toSpki(request.jwk));
  return { attestedKey: once, attestedSpki, environment: null, anchor: null, certificates: [] };
}
