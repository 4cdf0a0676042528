// The `mutations` task: changes valid evidence of every format and looks whether anything is accepted that should not be.
// `--count` (default 1,000,000), `--seed` (default 1). Results on stdout; exit code 1 on any finding.
import { parseArgs } from 'node:util';
import { campaign } from './campaign.ts';
import { DEVIATIONS } from './deviations.ts';
import { SUBJECTS } from './subjects.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
});

const BATCH = 50_000;

function number(text: string, name: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new TypeError(`--${name}: expected a whole number from 1 to 999999999, found ${text}`);
}

const count = number(values.count, 'count');
const seed = number(values.seed, 'seed');
const totals = { tried: 0, refused: 0, unchanged: 0, findings: 0 };
const deviations = new Map<string, number>();
for (let done = 0; done < count; done += BATCH) {
  const report = campaign(SUBJECTS, { count: Math.min(BATCH, count - done), seed: seed + done });
  totals.tried += report.tried;
  totals.refused += report.refused;
  totals.unchanged += report.unchanged;
  totals.findings += report.findings.length;
  for (const [id, times] of Object.entries(report.deviations)) deviations.set(id, (deviations.get(id) ?? 0) + times);
  for (const finding of report.findings) console.log(`FOUND ${finding.kind}: ${finding.subject}: ${finding.detail}`);
  if (process.stderr.isTTY) process.stderr.write(`${totals.tried} of ${count}\r`);
}
console.log(`${SUBJECTS.length} samples, ${totals.tried} mutations, seed ${seed}`);
console.log(`${totals.refused} refused, ${totals.unchanged} left the evidence as it was`);
for (const [id, why] of Object.entries(DEVIATIONS)) console.log(`${deviations.get(id) ?? 0} accepted as ${id}: ${why}`);
console.log(totals.findings === 0 ? 'nothing else was accepted' : `${totals.findings} FINDINGS`);
process.exitCode = totals.findings === 0 ? 0 : 1;
