import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { TrustAlarm, TrustState } from '@assay/service';
import { openSqlite } from '@assay/store';
import { createRefresher } from '../../src/trust/refresher.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-refresher-'));
const store = await openSqlite({ path: join(folder, 'assay.db') });
after(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function stateOf(alarms: readonly TrustAlarm[]): TrustState {
  const times = { confirmedAt: null, freshUntil: null, triedAt: null, nextAt: null, error: null, version: null };
  return {
    ...{ anchors: 'test', trustedRoots: [], newRoots: 'report' },
    sources: [{ source: 'google-status', from: 'https://example.com/', ...times, alarms }],
  };
}

/** A log that keeps its lines; its methods take what pino's take. */
function createLines() {
  const lines: string[] = [];
  const keep = (level: string) => (about: unknown) => {
    const { trust = 'fault' } = about as { readonly trust?: string };
    lines.push(`${level} ${trust}`);
  };
  return { lines, log: { warn: keep('warn'), info: keep('info'), error: keep('error') } };
}

describe('the refresher', () => {
  it('looks at once, in the background, and stops in the middle', async () => {
    const { log } = createLines();
    let looks = 0;
    const refresh = (_: unknown, signal: AbortSignal) => {
      looks += 1;
      return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    };
    const refresher = createRefresher({ refresh, state: () => stateOf([]) }, store, log);
    refresher.start();
    refresher.start();
    assert.equal(looks, 1);
    await refresher.stop();
    await refresher.stop();
    assert.equal(looks, 1);
  });

  it('may be stopped before it was started', async () => {
    await createRefresher({ refresh: async () => {}, state: () => stateOf([]) }, store, createLines().log).stop();
  });

  it('tells an alarm, and goes on when a look fails', async () => {
    const { lines, log } = createLines();
    const looked = Promise.withResolvers<void>();
    const state = () => {
      looked.resolve();
      return stateOf([{ alarm: 'root_unknown', about: 'ab12' }]);
    };
    const refresher = createRefresher({ refresh: async () => {}, state }, store, log);
    refresher.start();
    await looked.promise;
    await refresher.stop();
    assert.deepEqual(lines, ['warn google-status root_unknown ab12']);
    const failing = createLines();
    const broken = createRefresher({ refresh: () => Promise.reject(new TypeError('x')), state }, store, failing.log);
    broken.start();
    await broken.stop();
    assert.deepEqual(failing.lines, ['error fault']);
  });
});
