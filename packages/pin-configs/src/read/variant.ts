import type { Document } from '../project.ts';

type Variant = Document['variant'];

/**
 * Words in a path that tell which build a file belongs to: folders of Gradle and Xcode, and endings of names. A `~` stands for a
 * separator in collections that keep a file's path in its name.
 */
const WORDS: readonly (readonly [Variant, RegExp])[] = [
  ['test', /(?:^|[/~_.-])(?:androidTest|test|tests|uiAutomation|uitests?|[A-Za-z]*Tests)(?=[/~_.-])/],
  ['debug', /(?:^|[/~_.-])(?:debug|dev|development|internal|staging|qa|lab)(?=[/~_.-])/i],
  ['release', /(?:^|[/~_.-])(?:release|prod|production)(?=[/~_.-])/i],
];

/** Which build a file belongs to, by its path; `any` where the path does not say. */
export function variantOf(file: string): Variant {
  return WORDS.find(([, pattern]) => pattern.test(file))?.[0] ?? 'any';
}
