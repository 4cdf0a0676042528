// The `fix` task: formats, and applies the lint fixes that cannot change what the code does.
import { command, ROOT } from '../command.ts';
import { runTask } from '../task.ts';

await runTask(async (paths) => {
  const { code, stdout, stderr } = await command(
    'biome',
    ['check', '--write', ...(paths.length > 0 ? paths : ['.'])],
    ROOT,
  );
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  return code === 0;
});
