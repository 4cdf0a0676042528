import { spend } from '../budget.ts';
import { refused } from '../faults.ts';
import { publicKeyOf } from '../keys.ts';
import { sameName } from '../names.ts';
import { signatureMemoryKey } from '../signature-memory.ts';
import { allowedAlgorithm, verifySignedBy } from '../signatures.ts';
import type { Link } from './state.ts';

/** RFC 5280 6.1.3 (a)(4): the issuer name of the child is the subject name of its issuer. */
export function assertNameChaining({ child, issuer }: Link): void {
  if (!sameName(child.issuer.raw, issuer.name)) {
    throw refused('x509.issuer_mismatch', { clause: 'RFC 5280 6.1.3 (a)(4)' });
  }
}

/** RFC 5280 6.1.3 (a)(1): the issuer's key signed the child, with an algorithm of the profile. Last, because it costs most. */
export function assertSigned({ child, issuer, profile, memory, budget }: Link): void {
  allowedAlgorithm(child, profile.signatures);
  const holder = issuer.certificate ?? issuer;
  const remembered = memory && signatureMemoryKey(child, holder);
  if (remembered !== undefined && memory?.has(remembered)) return;
  spend(budget, 'signatures', 1);
  verifySignedBy(child, publicKeyOf(holder), profile.signatures);
  if (remembered !== undefined) memory?.add(remembered);
}
