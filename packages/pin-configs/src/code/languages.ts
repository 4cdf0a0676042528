import type { Language } from './facts.ts';

/** One way in which a language writes strings. The first row whose opener stands at a place wins. */
export interface StringForm {
  readonly open: string;
  readonly close: string;
  /** A backslash takes the next character's meaning away. */
  readonly escapes: boolean;
  readonly lines: 'one' | 'many';
  /** A closing quote that is written twice means the quote itself. */
  readonly doubled?: true;
  /** What opens code inside of the string; it ends at the bracket that closes it. */
  readonly code?: '${' | '\\(' | '{' | '\\#(';
  /** `$name` without brackets is code too. */
  readonly names?: true;
}

export interface LanguageRow {
  readonly id: Language;
  readonly endings: readonly string[];
  /** Block comments may hold block comments. */
  readonly nested: boolean;
  /** `/…/` may be a regular expression. */
  readonly regexps: boolean;
  readonly strings: readonly StringForm[];
}

const plain = (quote: string): StringForm => ({ open: quote, close: quote, escapes: true, lines: 'one' });
const triple = (quote: string): StringForm => ({ open: quote, close: quote, escapes: true, lines: 'many' });

const SCRIPT: readonly StringForm[] = [
  { open: '`', close: '`', escapes: true, lines: 'many', code: '${' },
  plain('"'),
  plain("'"),
];

/** Every language that is read. Block comments are the same in all of them, and line comments begin with two slashes. */
export const LANGUAGES: readonly LanguageRow[] = [
  {
    id: 'kotlin',
    endings: ['kt', 'kts'],
    nested: true,
    regexps: false,
    strings: [
      { open: '"""', close: '"""', escapes: false, lines: 'many', code: '${', names: true },
      { ...plain('"'), code: '${', names: true },
      plain("'"),
    ],
  },
  { id: 'java', endings: ['java'], nested: false, regexps: false, strings: [triple('"""'), plain('"'), plain("'")] },
  {
    id: 'swift',
    endings: ['swift'],
    nested: true,
    regexps: false,
    strings: [
      { open: '#"""', close: '"""#', escapes: false, lines: 'many', code: '\\#(' },
      { open: '#"', close: '"#', escapes: false, lines: 'one', code: '\\#(' },
      { ...triple('"""'), code: '\\(' },
      { ...plain('"'), code: '\\(' },
    ],
  },
  {
    id: 'objc',
    endings: ['m', 'mm'],
    nested: false,
    regexps: false,
    strings: [{ ...plain('"'), open: '@"' }, plain('"'), plain("'")],
  },
  {
    id: 'dart',
    endings: ['dart'],
    nested: true,
    regexps: false,
    strings: [
      ...['"""', "'''"].map((quote) => ({ open: `r${quote}`, close: quote, escapes: false, lines: 'many' }) as const),
      ...['"', "'"].map((quote) => ({ open: `r${quote}`, close: quote, escapes: false, lines: 'one' }) as const),
      ...['"""', "'''"].map((quote) => ({ ...triple(quote), code: '${', names: true }) as const),
      ...['"', "'"].map((quote) => ({ ...plain(quote), code: '${', names: true }) as const),
    ],
  },
  { id: 'typescript', endings: ['ts', 'tsx'], nested: false, regexps: true, strings: SCRIPT },
  { id: 'javascript', endings: ['js', 'jsx', 'mjs', 'cjs'], nested: false, regexps: true, strings: SCRIPT },
  { id: 'arkts', endings: ['ets'], nested: false, regexps: true, strings: SCRIPT },
  {
    id: 'csharp',
    endings: ['cs'],
    nested: false,
    regexps: false,
    strings: [
      { open: '"""', close: '"""', escapes: false, lines: 'many' },
      ...['$@"', '@$"'].map(
        (open) => ({ open, close: '"', escapes: false, lines: 'many', doubled: true, code: '{' }) as const,
      ),
      { open: '@"', close: '"', escapes: false, lines: 'many', doubled: true },
      { ...plain('"'), open: '$"', code: '{' },
      plain('"'),
      plain("'"),
    ],
  },
];

/** Endings of the source files that are read. */
export const CODE_ENDINGS: readonly string[] = LANGUAGES.flatMap(({ endings }) => endings);

/** The language of a file by its ending. */
export function languageOf(file: string): LanguageRow | undefined {
  const ending = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  return LANGUAGES.find(({ endings }) => endings.includes(ending));
}
