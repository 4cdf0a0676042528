// The `build` task: every workspace as a package, ready to publish, in dist/.
import { cp, mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ROOT } from '../command.ts';
import { inStage } from '../stage.ts';
import { runTask } from '../task.ts';
import { buildPackages } from './pack.ts';

const OUT = join(ROOT, 'dist');

async function main(): Promise<boolean> {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT);
  return await inStage(ROOT, async (stage) => {
    const { faults, packages } = await buildPackages(stage);
    for (const fault of faults) process.stderr.write(`${fault}\n`);
    if (faults.length > 0) return false;
    for (const { tarball } of packages) {
      await cp(tarball, join(OUT, basename(tarball)));
      process.stdout.write(`dist/${basename(tarball)}\n`);
    }
    return true;
  });
}

await runTask(main);
