import { command } from '../../command.ts';
import type { Findings, Guard } from '../guard.ts';

interface Report {
  readonly issues: readonly Issue[];
}

/** Per file and kind of issue, what is unused. */
interface Issue {
  readonly file: string;
  readonly [kind: string]: string | readonly { readonly name: string }[];
}

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
    const { stdout, stderr } = await command('knip', ['--reporter', 'json', '--no-progress'], root);
    if (!stdout.startsWith('{')) throw new Error(`knip did not report: ${stderr}`);
    const report: Report = JSON.parse(stdout);
    return { problems: report.issues.flatMap(describe), looked: 1 };
  },
};

function describe({ file, ...kinds }: Issue): string[] {
  return Object.entries(kinds).flatMap(([kind, found]) =>
    typeof found === 'string' ? [] : found.map(({ name }) => `${kind}: ${file} ${name}`),
  );
}
