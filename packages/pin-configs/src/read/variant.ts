import { LAB_FOLDER } from '../lab/mark.ts';
import type { Document } from '../project.ts';

type Variant = Document['variant'];

/** `src/<source set>/` of Gradle and hvigor, told by what such a set holds; then the folder, and what lies in it. */
const SOURCE_SET =
  /(?:^|\/)src\/([A-Za-z][\w-]*)\/(?=(java|kotlin|ets|res|assets|resources)\/|AndroidManifest\.xml$)(?:.*\/)?([^/]*)$/;

/** Words in the name of a source set, as in `stagingDebug`; the first row that has one counts. */
const SET_WORDS: readonly (readonly [Variant, readonly string[]])[] = [
  ['test', ['test', 'tests', 'automation']],
  ['debug', ['debug', 'dev', 'development', 'internal', 'staging', 'qa', 'lab']],
  ['release', ['release', 'prod', 'production']],
];

/** Words in other paths: folders of Xcode, endings of names. */
const PATH_WORDS: readonly (readonly [Variant, RegExp])[] = [
  ['test', /(?:^|[/_.-])(?:androidTest|test|tests|uiAutomation|uitests?|[A-Za-z]*Tests)(?=[/_.-])/],
  ['debug', /(?:^|[/_.-])(?:debug|dev|development|internal|staging|qa|lab)(?=[/_.-])/i],
  ['release', /(?:^|[/_.-])(?:release|prod|production)(?=[/_.-])/i],
];

/** Names of code say what it does, and not in which build: `Debug.kt`, the package `dev.example.internal`. */
const CODE_FOLDERS = ['java', 'kotlin', 'ets'];

/**
 * Which build a file belongs to, by its path; `any` where the path does not say. In a source set the set decides, and else the
 * name of the file: packages beneath it and folders above it are called as people like. A `~` stands for a separator in
 * collections that keep a file's path in its name. Where no set decides, only `judged` of the path counts: folders above what a
 * person asked about say nothing about it.
 */
export function variantOf(file: string, judged: string = file): Variant {
  const path = slashed(file);
  if (LAB_FOLDERS.test(slashed(judged))) return 'debug';
  const [, set, folder = '', name = ''] = SOURCE_SET.exec(path) ?? [];
  if (set === undefined) return variantByPath(slashed(judged));
  return variantOfSet(set) ?? (CODE_FOLDERS.includes(folder) ? 'any' : variantByPath(name));
}

/** What `assay pins write --lab --out` puts lab variants into, whatever source sets they hold. */
const LAB_FOLDERS = new RegExp(`(?:^|/)${LAB_FOLDER}/`);

const slashed = (path: string): string => path.replaceAll(/[\\~]/g, '/');

function variantOfSet(set: string): Variant | undefined {
  const words = set.split(/[_-]|(?=[A-Z])/).map((word) => word.toLowerCase());
  return SET_WORDS.find(([, known]) => known.some((word) => words.includes(word)))?.[0];
}

const variantByPath = (path: string): Variant => PATH_WORDS.find(([, pattern]) => pattern.test(path))?.[0] ?? 'any';
