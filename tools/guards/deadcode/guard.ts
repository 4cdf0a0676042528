import { join } from 'node:path';
import { command } from '../../command.ts';
import type { Findings, Guard } from '../guard.ts';
import type { Report } from './reporter.ts';

const REPORTER = join(import.meta.dirname, 'reporter.ts');

/** Files, exports and dependencies that nothing uses, by knip. */
export const deadCode: Guard = {
  name: 'deadcode',
  unit: 'files',
  expected: [
    'files: packages/core/src/unused-file.ts',
    'exports: packages/core/src/used-file.ts unusedExport',
    'dependencies: packages/core/package.json cborg',
  ],
  inspect: async (root): Promise<Findings> => {
    const { stdout, stderr } = await command('knip', ['--reporter', REPORTER, '--no-progress'], root);
    if (!stdout.startsWith('{')) throw new Error(`knip did not report: ${stderr}`);
    const { problems, processed }: Report = JSON.parse(stdout);
    return { problems, looked: processed };
  },
};
