/** Writes stored appraisals to stdout as the server streams them: one JSON document a line. Argument: how many. */
import { once } from 'node:events';
import { toStreamed } from '@assay/service';
import { createDice, presetNamed, somebodyAppraised } from '../parts/population.ts';

const AT = Date.UTC(2026, 10, 21);
const KINDS = 4_000;
const LINES = 64;

/** Ids and lineages differ, three appraisals to an install; the rest comes again and again. */
async function write(rows: number): Promise<void> {
  const dice = createDice(4);
  const policy = presetNamed('standard');
  const kinds = Array.from({ length: KINDS }, () => {
    const { id: _id, at: _at, lineage: _lineage, ...others } = toStreamed(somebodyAppraised(dice, policy, AT));
    return JSON.stringify(others).slice(1);
  });
  let piece = '';
  for (let row = 0; row < rows; row += 1) {
    const install = Math.floor((row * 0.618034) % (rows / 3));
    piece += `{"id":"appraisal-${row}","at":${AT - row * 500},"lineage":"install-${install}",${kinds[row % KINDS]}\n`;
    if (row % LINES !== LINES - 1 && row < rows - 1) continue;
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
    piece = '';
  }
}

await write(Number(process.argv[2]));
