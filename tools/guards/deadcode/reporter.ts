// knip's own JSON leaves out how many files it looked at; this says that too.
import { relative } from 'node:path';
import type { Reporter } from 'knip';

export interface Report {
  readonly processed: number;
  readonly problems: readonly string[];
}

const report: Reporter = ({ report: kinds, issues, counters, cwd }) => {
  const wanted = Object.entries(issues).filter(([kind]) =>
    Object.entries(kinds).some(([name, on]) => on && name === kind),
  );
  const problems = wanted.flatMap(([kind, byFile]) =>
    Object.values(byFile)
      .flatMap((bySymbol) => Object.values(bySymbol))
      .map(({ filePath, symbol }) => `${kind}: ${[...new Set([relative(cwd, filePath), symbol])].join(' ')}`),
  );
  const result: Report = { processed: counters.processed, problems };
  process.stdout.write(JSON.stringify(result));
};

export default report;
