import { command } from '../../command.ts';
import type { Findings, Guard } from '../guard.ts';

interface Report {
  readonly summary: { readonly changed: number; readonly unchanged: number };
  readonly diagnostics: readonly Diagnostic[];
}

interface Diagnostic {
  readonly category: string | null;
  readonly severity: string;
  readonly message: string;
  readonly location: { readonly path: string; readonly start?: { readonly line: number } };
}

const MINOR = new Set(['information', 'hint']);

/** Lint, format and undeclared dependencies, by Biome. */
export const lint: Guard = {
  name: 'lint',
  unit: 'files',
  expected: [
    'noUndeclaredDependencies: packages/core/src/undeclared-workspace.ts',
    'noUndeclaredDependencies: packages/core/src/undeclared-third-party.ts',
    'noFloatingPromises',
    'noMisusedPromises',
    'useImportExtensions',
    'noExplicitAny',
    'format',
  ],
  inspect: async (root): Promise<Findings> => {
    const args = ['check', '--reporter=json', '--max-diagnostics=none', '--no-errors-on-unmatched', '.'];
    const { stdout, stderr } = await command('biome', args, root);
    if (!stdout.startsWith('{')) throw new Error(`biome did not report: ${stderr}`);
    const report: Report = JSON.parse(stdout);
    return {
      problems: report.diagnostics.filter(({ severity }) => !MINOR.has(severity)).map(describe),
      looked: report.summary.changed + report.summary.unchanged,
    };
  },
};

function describe({ category, message, location }: Diagnostic): string {
  const rule = category?.split('/').at(-1) ?? 'fault';
  const line = location.start === undefined ? '' : `:${location.start.line}`;
  return `${rule}: ${location.path}${line} ${message}`;
}
