import type { Appraisal } from '@assay/core';
import { toBase64, toBase64url, utf8 } from '@assay/formats';
import {
  fromPointText,
  parseRequest,
  roleRow,
  sha256,
  thumbprintBytes,
  type VerifiedRequest,
  verifyRequestSignature,
  type WireEvidence,
} from '@assay/tokens';
import type { RetainedEvidence } from '../../attest/retain.ts';
import type { Service } from '../../context.ts';
import { fault } from '../../fault.ts';

type Piece = RetainedEvidence['evidence'][number];

/**
 * The request as it came, out of what was kept. Its challenge was redeemed then, and its key is gone: the row of the redemption
 * was the proof of that, and the record has its age.
 *
 * @throws ConfigError `service.evidence_altered` when it is not the request of this appraisal; EvidenceError when its
 * signature does not hold
 */
export function requestAgain(service: Service, kept: RetainedEvidence, appraisal: Appraisal): VerifiedRequest {
  const body = JSON.stringify({ request: kept.request, evidence: kept.evidence.map(toWire) });
  const request = parseRequest(utf8(body));
  const requestHash = sha256(request.request);
  if (toBase64url(requestHash) !== appraisal.requestHash) throw fault('service.evidence_altered');
  const jktBytes = thumbprintBytes(request.jwk);
  const { at, challengeAgeMs: ageMs } = appraisal.record;
  return {
    ...{ ...request, key: verifyRequestSignature(request, service.instanceKeys), requestHash },
    ...{ jktBytes, jkt: toBase64url(jktBytes), encryptionKey: fromPointText(request.statement.enc) },
    challenge: { ageMs, issuedAt: at - ageMs, expiresAt: at },
  };
}

function toWire({ role, parts }: Piece): WireEvidence {
  const { form } = roleRow(role);
  if (form === 'chain') return { role, enc: 'expo-chain', data: parts.map(toBase64) };
  const [part = new Uint8Array()] = parts;
  return { role, data: form === 'object' ? toBase64(part) : Buffer.from(part).toString('utf8') };
}
