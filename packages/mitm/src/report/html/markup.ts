import { escaped } from '../escaped.ts';

/** Markup: text that was written here, or escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | readonly Part[];

/** A template whose every value is escaped, unless it is markup itself; lists are joined. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const written = strings.map((text, index) => `${text}${index < parts.length ? toText(parts[index] ?? '') : ''}`);
  return new Markup(written.join(''));
}

function toText(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return part.map(toText).join('');
}

export const NOTHING: Markup = new Markup('');
