import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { TRUST_ALARMS, TRUST_SOURCES, VENDOR_URLS } from '@assay/service';
import {
  advisorySource,
  ROOT_ROWS,
  readStatusCopy,
  rootSource,
  STALE_MS,
  statusSource,
} from '../../src/trust/sources.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/trust-data.md'), 'utf8');
const DAY = 86_400_000;
const URL_OF = 'https://example.com/x';
const SOURCES = [statusSource(URL_OF), ...ROOT_ROWS.map((row) => rootSource(row, URL_OF)), advisorySource(URL_OF, [])];

describe('sources of trust data', () => {
  it('are all of those that have a name, each once', () => {
    assert.deepEqual(SOURCES.map(({ name }) => name).toSorted(), TRUST_SOURCES.toSorted());
  });

  it('are asked within bounds, and missed before they are too old to count', () => {
    for (const { name, bounds, timeoutMs, maxBytes } of SOURCES) {
      assert.ok(
        bounds.leastMs > timeoutMs && bounds.leastMs <= bounds.usualMs && bounds.usualMs <= bounds.mostMs,
        name,
      );
      assert.ok(STALE_MS[name] > bounds.mostMs * 1.1, `${name}: no alarm without a missed attempt`);
      assert.ok(maxBytes <= 8 << 20, name);
    }
    assert.ok(STALE_MS['google-status'] < 3 * DAY);
  });

  it('come from their vendors over TLS', () => {
    for (const url of Object.values(VENDOR_URLS)) assert.equal(new URL(url).protocol, 'https:');
  });

  it('stand in docs/trust-data.md, with their addresses and alarms', () => {
    for (const name of TRUST_SOURCES) {
      assert.match(PAGE, new RegExp(`^\\| \`${name}\` \\| .*${VENDOR_URLS[name] ?? ''}`, 'm'));
    }
    for (const alarm of TRUST_ALARMS) assert.ok(PAGE.includes(`\`${alarm}\``), alarm);
  });

  it('give a copy of the status list a version by its text', () => {
    const [one, two] = ['{"entries":{}}', '{"entries": {}}'].map(readStatusCopy);
    assert.match(one?.version ?? '', /^[0-9a-f]{16}$/);
    assert.notEqual(one?.version, two?.version);
    assert.throws(() => readStatusCopy('{}'), { code: 'android.status_list_malformed' });
  });
});
