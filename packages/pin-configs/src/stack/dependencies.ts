import type { Document } from '../project.ts';

/** Files that say what an app depends on. */
export const DEPENDENCY_FILES = /(?:^|[\\/])(?:package\.json|Podfile\.lock|pubspec\.yaml)$/;

export function readDependencies(_file: string, _text: string): readonly Document[] {
  return [];
}
