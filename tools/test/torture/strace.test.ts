import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countSyncs } from '../../torture/strace.ts';

const begin = (id: string) => `7 write(1, "begin ${id}\\n", 9) = 9`;
const ack = (id: string) => `7 write(1, "ack ${id}\\n", 7) = 7`;
const SYNC = '7 fdatasync(19) = 0';

describe('countSyncs', () => {
  it('sees a sync between a write and its answer', () => {
    const trace = [begin('0.0.1'), SYNC, ack('0.0.1'), begin('0.0.2'), SYNC, ack('0.0.2'), ''].join('\n');
    assert.deepEqual(countSyncs(trace), { acknowledged: 2, syncs: 2, unproven: 0 });
  });

  it('lets writes share a sync', () => {
    const trace = [begin('1'), begin('2'), SYNC, ack('1'), ack('2')].join('\n');
    assert.deepEqual(countSyncs(trace), { acknowledged: 2, syncs: 1, unproven: 0 });
  });

  it('follows a sync of another process that is interrupted in the trace', () => {
    const trace = [begin('1'), '9 fsync(5 <unfinished ...>', '9 <... fsync resumed>) = 0', ack('1')].join('\n');
    assert.deepEqual(countSyncs(trace), { acknowledged: 1, syncs: 1, unproven: 0 });
  });

  const unproven: Readonly<Record<string, readonly string[]>> = {
    'no sync': [begin('1'), ack('1')],
    'a sync before the write': [SYNC, begin('1'), ack('1')],
    'a sync after the answer': [begin('1'), ack('1'), SYNC],
    'a failed sync': [begin('1'), '7 fdatasync(19) = -1 EIO (Input/output error)', ack('1')],
    'a sync begun before the write': ['9 fsync(5 <unfinished ...>', begin('1'), '9 <... fsync resumed>) = 0', ack('1')],
    'a sync that has not ended': [begin('1'), '9 fsync(5 <unfinished ...>', ack('1')],
    'an answer to nothing': [SYNC, ack('1')],
  };
  for (const [name, lines] of Object.entries(unproven)) {
    it(`takes ${name} for no proof`, () => {
      assert.equal(countSyncs(lines.join('\n')).unproven, 1);
    });
  }
});
