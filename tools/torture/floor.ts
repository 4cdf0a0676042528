import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BLOCK = new Uint8Array(4096);

/** How often in a second this disk takes a 4 KiB append for good: what one durable commit at a time can reach at best. */
export function measureFloor(durationMs: number): number {
  const dir = mkdtempSync(join(tmpdir(), 'assay-floor-'));
  const file = openSync(join(dir, 'floor'), 'w');
  try {
    const start = performance.now();
    let syncs = 0;
    for (; performance.now() - start < durationMs; syncs++) {
      writeSync(file, BLOCK);
      fdatasyncSync(file);
    }
    return (syncs * 1000) / (performance.now() - start);
  } finally {
    closeSync(file);
    rmSync(dir, { recursive: true, force: true });
  }
}
