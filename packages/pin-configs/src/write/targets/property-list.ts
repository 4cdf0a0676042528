import { indented, lines, MADE_BY } from '../source.ts';

/** What a property list is written from. */
export type Plist = string | boolean | readonly Plist[] | { readonly [key: string]: Plist };

/** An XML property list. Texts are of alphabets without `<`, `>` and `&`, as the form of a policy checks. */
export function toPropertyList(root: Plist): string {
  return lines(
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    `<!-- ${MADE_BY} -->`,
    '<plist version="1.0">',
    linesOf(root),
    '</plist>',
  );
}

/** The lines of one value, without the document around it. */
export function linesOf(value: Plist): readonly string[] {
  if (typeof value === 'string') return [`<string>${value}</string>`];
  if (typeof value === 'boolean') return [value ? '<true/>' : '<false/>'];
  if (isList(value)) return ['<array>', ...indented(value.flatMap(linesOf), '\t'), '</array>'];
  const entries = Object.entries(value).flatMap(([key, member]) => [`<key>${key}</key>`, ...linesOf(member)]);
  return ['<dict>', ...indented(entries, '\t'), '</dict>'];
}

const isList = (value: Plist): value is readonly Plist[] => Array.isArray(value);
