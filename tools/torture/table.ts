import type { SyncProof } from './sync-proof.ts';
import type { Report } from './torture.ts';

const WIDTHS: readonly number[] = [5, 18, 13, 8, 8, 6, 13, 10];

function row(cells: readonly (string | number)[]): string {
  return cells
    .map((cell, index) => String(cell).padEnd(WIDTHS[index] ?? 0))
    .join(' ')
    .trimEnd();
}

export const HEADING: string = row([
  'kill',
  'killed',
  'acknowledged',
  'per s',
  'kept',
  'lost',
  'half-written',
  'integrity',
]);

/** One line, and one more for each of the first few things found. */
export function formatReport({ kill, killed, acknowledged, perSecond, findings, integrity }: Report): string {
  const { kept, lost, halfWritten } = findings;
  const line = row([
    kill,
    killed,
    acknowledged,
    Math.round(perSecond),
    kept,
    lost.length,
    halfWritten.length,
    integrity,
  ]);
  const examples = [...lost.map((id) => `lost: ${id}`), ...halfWritten].slice(0, 5);
  return [line, ...examples.map((example) => `      ${example}`)].join('\n');
}

export function formatProof(engine: string, { lanes, acknowledged, syncs, unproven }: SyncProof): string {
  const verdict = unproven === 0 ? 'each with a sync begun and ended before its answer' : `${unproven} WITHOUT A SYNC`;
  return `${engine}, ${lanes} at once: ${acknowledged} acknowledged, ${syncs} fsync/fdatasync, ${verdict}`;
}
