import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMetrics } from '@assay/http';
import { createEventBus, type TrustSourceState } from '@assay/service';
import { measureTrust } from '../../src/trust/measures.ts';

const NOW = 1_790_000_000_000;
const STATE: TrustSourceState = {
  ...{ source: 'google-roots', from: 'https://example.com/', confirmedAt: NOW - 5_000, freshUntil: NOW },
  ...{ triedAt: NOW, nextAt: NOW, error: null, version: '1', alarms: [] },
};

async function textOf(...sources: readonly TrustSourceState[]): Promise<string> {
  const clock = () => NOW;
  const metrics = createMetrics({ events: createEventBus(), version: '1', statusListAt: () => undefined, clock });
  const state = () => ({ anchors: 'test', trustedRoots: [], newRoots: 'report', sources }) as const;
  measureTrust(metrics, { trust: { state }, clock });
  return metrics.text();
}

describe('metrics of trust data', () => {
  it('are there for what is followed, alarms counted by kind', async () => {
    const root = (about: string) => ({ alarm: 'root_unknown', about }) as const;
    const text = await textOf({ ...STATE, error: 'service.trust_malformed', alarms: [root('ab'), root('cd')] });
    assert.match(text, /^assay_trust_age_seconds\{source="google-roots"\} 5$/m);
    assert.match(text, /^assay_trust_up\{source="google-roots"\} 0$/m);
    assert.match(text, /^assay_trust_alarms\{source="google-roots",alarm="root_unknown"\} 2$/m);
    assert.match(text, /^assay_trust_alarms\{source="google-roots",alarm="stale"\} 0$/m);
    assert.ok(!text.includes('ab"'), 'which root it is stands in the log');
  });

  it('have no age without a copy, and say nothing of what was not tried', async () => {
    const text = await textOf({ ...STATE, confirmedAt: null, triedAt: null });
    assert.doesNotMatch(text, /^assay_trust_(age_seconds|up)\{/m);
    assert.match(text, /^assay_trust_alarms\{source="google-roots",alarm="missing"\} 0$/m);
  });

  it('are up when the last attempt went well', async () => {
    assert.match(await textOf(STATE), /^assay_trust_up\{source="google-roots"\} 1$/m);
  });
});
