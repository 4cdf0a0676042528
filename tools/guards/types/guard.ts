import { command } from '../../command.ts';
import type { Findings, Guard } from '../guard.ts';

/** The compiler over sources, tests and tools, without emitting. */
export const types: Guard = {
  name: 'types',
  unit: 'files',
  expected: ['TS2322', 'TS1294', 'TS1484'],
  inspect: async (root): Promise<Findings> => {
    const { stdout } = await command('tsc', ['-p', 'tsconfig.check.json', '--pretty', 'false', '--listFiles'], root);
    const lines = stdout.split('\n').filter((line) => line !== '');
    const files = lines.filter((line) => line.startsWith('/') || /^[A-Z]:/.test(line));
    return {
      problems: lines.filter((line) => !files.includes(line)),
      looked: files.filter((file) => !file.includes('node_modules')).length,
    };
  },
};
