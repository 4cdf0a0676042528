import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { openStatusFile } from '../../src/trust/status-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-status-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'status.json');
const HOUR = 3_600_000;

describe('a status list in a file', () => {
  it('tells its state: since when it stands, and when it is too old to count', () => {
    writeFileSync(path, '{"entries":{}}');
    const written = statSync(path).mtimeMs;
    let now = written;
    const file = openStatusFile(path, () => now);
    const { source, from, confirmedAt, version, alarms } = file.state(HOUR);
    assert.deepEqual([source, from, confirmedAt, alarms], ['google-status', path, written, []]);
    assert.equal(version, file.read().copy.version);
    now += HOUR + 1;
    assert.deepEqual(file.state(HOUR).alarms, [{ alarm: 'unusable', about: null }]);
  });

  it('grows old from when it was read, where its file says a time that is still to come', () => {
    writeFileSync(path, '{"entries":{}}');
    let now = Date.UTC(2026, 10, 21);
    utimesSync(path, now / 1_000, (now + 1_000 * HOUR) / 1_000);
    const file = openStatusFile(path, () => now);
    assert.deepEqual([file.read().at, file.state(HOUR).alarms], [now, []]);
    now += HOUR + 1;
    assert.deepEqual(file.state(HOUR).alarms, [{ alarm: 'unusable', about: null }]);
  });

  it('is there at the start, and whole', () => {
    writeFileSync(path, '{"entries":');
    for (const place of [path, join(folder, 'none')]) {
      assert.throws(() => openStatusFile(place, Date.now), { code: 'server.status_list_unreadable' });
    }
  });
});
