import { UpstreamError } from '@assay/core';
import { rememberReceipt } from '../receipts/remember.ts';
import type { Assessment } from './assessment.ts';
import type { Scene } from './situation.ts';

/**
 * Keeps the receipt of a committed attestation, to ask Apple for a risk metric later. The instance is none the worse for a
 * receipt that does not hold or a store that is away: without one there is no metric, which a policy can see.
 */
export async function keepReceipt(scene: Scene, { receipt, change }: Assessment): Promise<void> {
  const { service, issuer, app, at } = scene;
  if (receipt === undefined || change.kind === 'refresh' || app.apple === undefined) return;
  const { attestedKey, attestedSpki, lineage, environment } = change.instance;
  const place = { iss: issuer.iss, app: app.id, appIds: app.apple.appIds, attestedKey, attestedSpki, lineage };
  try {
    const kept = await rememberReceipt(service, { ...place, environment: environment ?? 'production', receipt }, at);
    if (kept.outcome === 'refused') {
      service.events.emit({ type: 'receipt_refused', iss: issuer.iss, app: app.id, code: kept.code });
    }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
  }
}
