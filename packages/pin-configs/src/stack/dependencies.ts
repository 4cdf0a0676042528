import { createPlacer, type Placer } from '../place.ts';
import type { DependenciesDocument, Document } from '../project.ts';
import { variantOf } from '../read/variant.ts';
import { stackOf } from './packages.ts';
import type { StackUse } from './stack.ts';

interface FileRow {
  readonly name: RegExp;
  /** Matches each dependency; the first group that took part is its name. */
  readonly dependency: RegExp;
}

/**
 * How each file names what an app depends on. They are looked through and not parsed: half of them are programs, and the
 * name of a package stands in the same form in every version of its format.
 */
const FILES: readonly FileRow[] = [
  { name: /(?:^|[\\/])package\.json$/, dependency: /^[ \t]*"((?:@[\w.-]+\/)?[\w.-]+)"[ \t]*:[ \t]*"[^"\n]*"/gm },
  {
    name: /(?:^|[\\/])oh-package\.json5$/,
    dependency: /^[ \t]*["']?((?:@[\w.-]+\/)?[\w.-]+)["']?[ \t]*:[ \t]*["'][^"'\n]*["']/gm,
  },
  { name: /(?:^|[\\/])Podfile\.lock$/, dependency: /^ {2}- "?([\w+-]+)(?:\/[\w+/-]+)?(?: \([^)\n]*\))?"?:?$/gm },
  { name: /(?:^|[\\/])Package\.resolved$/, dependency: /"(?:identity|package)"\s*:\s*"([\w.-]+)"/g },
  { name: /(?:^|[\\/])pubspec\.(?:yaml|lock)$/, dependency: /^ {2}([a-z]\w*):/gm },
  { name: /\.gradle(?:\.kts)?$/, dependency: /["']([\w.-]+:[\w.-]+)(?::[^"'\n]*)?["']/g },
  { name: /(?:^|[\\/])[\w.-]+\.versions\.toml$/, dependency: /["']([\w.-]+:[\w.-]+)(?::[^"'\n]*)?["']/g },
  { name: /\.csproj$/, dependency: /<PackageReference\s+Include="([\w.-]+)"/g },
];

/** Files that say what an app depends on. */
export const DEPENDENCY_FILES: RegExp = new RegExp(FILES.map(({ name }) => name.source).join('|'));

/** The stacks that an app's dependencies tell; none when they tell none that {@link STACKS} knows. */
export function readDependencies(
  file: string,
  text: string,
  variant: Document['variant'] = variantOf(file),
): readonly Document[] {
  const row = FILES.find(({ name }) => name.test(file));
  const stacks = row === undefined ? [] : stacksIn(text, row.dependency, createPlacer(file, text));
  if (stacks.length === 0) return [];
  const document: DependenciesDocument = {
    ...{ kind: 'dependencies', file, text, origin: 'source', variant },
    ...{ pinned: [], stacks },
  };
  return [document];
}

function stacksIn(text: string, dependency: RegExp, placer: Placer): readonly StackUse[] {
  const found = new Map<string, StackUse>();
  for (const match of text.matchAll(dependency)) {
    const evidence = match[1] ?? '';
    const stack = stackOf(evidence);
    if (stack === undefined || found.has(stack)) continue;
    const start = match.index + match[0].indexOf(evidence);
    found.set(stack, { stack, evidence, place: placer.at(start, start + evidence.length) });
  }
  return [...found.values()];
}
