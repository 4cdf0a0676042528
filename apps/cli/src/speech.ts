import { stripVTControlCharacters, styleText } from 'node:util';

/**
 * The rules of speech. Results go to stdout, talk goes to stderr. Colour only for a terminal, never with `NO_COLOR` or
 * `--json`. With `--json` stdout holds exactly one JSON document with a `schema` member. Text that came from outside is
 * stripped of control characters before it is shown.
 */

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

export interface Speech {
  readonly json: boolean;
  /** One line of the result. */
  out(line?: string): void;
  /** One line of talk. */
  talk(line: string): void;
  /** The result as JSON; does nothing unless `--json` was given. */
  result(document: { readonly schema: string; readonly [member: string]: unknown }): void;
  paint(style: Style | readonly Style[], text: string): string;
}

export interface Streams {
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown };
}

export function createSpeech(streams: Streams, options: { readonly json: boolean; readonly color: boolean }): Speech {
  const colourful = options.color && !options.json;
  return {
    json: options.json,
    out(line = '') {
      if (!options.json) streams.stdout.write(`${line}\n`);
    },
    talk(line) {
      streams.stderr.write(`${line}\n`);
    },
    result(document) {
      if (options.json) streams.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
    },
    paint(style, text) {
      return colourful ? styleText([...[style].flat()], text, { validateStream: false }) : text;
    },
  };
}

/** Text from outside, safe to show in a terminal: escape sequences and control characters removed, at most `max` characters. */
export function plain(text: string, max = 240): string {
  const clean = stripVTControlCharacters(text).replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  return clean.length > max ? `${clean.slice(0, max - 1)}…` : clean;
}
