import { globSync } from 'node:fs';
import { command } from '../../command.ts';
import type { Findings, Guard } from '../guard.ts';

interface Report {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: { readonly violations: readonly Violation[] };
}

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

const SOURCES = '{packages,apps}/*/{src,test}/**/*.{ts,tsx}';

/** Import direction, by dependency-cruiser; the rules are in .dependency-cruiser.mjs. */
export const direction: Guard = {
  name: 'direction',
  unit: 'modules',
  expected: [
    'up-from-core: packages/core/src/up-by-value.ts',
    'up-from-core: packages/core/src/up-by-type.ts',
    'up-from-core: packages/core/src/up-by-dynamic-import.ts',
    'sideways-evidence-pins-pin-configs-tokens-secrets-policy: packages/tokens/src/index.ts',
    'no-layer: packages/stray/src/index.ts',
    'no-cycle: packages/core/src/cycle-a.ts',
    'no-reaching-in: packages/formats/src/reaching-in.ts',
    'formats-of-evidence-apart: packages/evidence/src/apple/index.ts',
    'shared-evidence-below-formats: packages/evidence/src/shared/index.ts',
    'embedded-reaches-server: packages/client/src/index.ts',
    'cli-takes-the-entry: apps/cli/src/index.ts',
    'cli-below-the-server: apps/cli/src/index.ts',
    'no-effects: packages/core/src/effects.ts',
    'no-effects: packages/tokens/src/wire/index.ts',
    'portable: packages/tokens/src/wire/index.ts',
    'sources-know-no-tests: packages/core/src/test-inside.ts',
    'unresolvable: packages/core/src/unresolvable.ts',
  ],
  inspect: async (root): Promise<Findings> => {
    const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'packages', 'apps'];
    const { stdout, stderr } = await command('depcruise', args, root);
    if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser did not report: ${stderr}`);
    const report: Report = JSON.parse(stdout);
    const seen = new Set(report.modules.map(({ source }) => source));
    const unseen = globSync(SOURCES, { cwd: root }).filter((file) => !seen.has(file));
    return {
      problems: [
        ...report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
        ...unseen.map((file) => `${file}: not looked at`),
      ],
      looked: seen.size,
    };
  },
};
