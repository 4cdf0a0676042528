import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';
import type { World } from '../../command.ts';

/** What a person may say while the list is walked; the first letter is enough. */
export const WORDS = {
  next: 'take what was seen, and go on',
  repeat: 'show this case once more',
  skip: 'leave this case undecided',
  quit: 'go to the last control and finish; once more: finish now',
} as const;
export type Word = keyof typeof WORDS;

/** Somebody at a keyboard, or a script that writes lines. */
export interface Person {
  /** Hears every word; one listener at a time, and words that come while nobody listens are kept. */
  listen(listener: ((word: Word) => void) | undefined): void;
  close(): void;
}

interface Keyboard {
  readonly isTTY?: boolean;
  setRawMode?(on: boolean): unknown;
}

/** A line is a word; whatever is longer is none. */
const MAX_LINE = 200;
/** Words ahead of their cases, as a script may write them. */
const MAX_KEPT = 1_000;
const CTRL_C = '\u0003';

export function createPerson(stdin: World['stdin'] & Keyboard, junk: (text: string) => void): Person {
  const kept: Word[] = [];
  let heard: ((word: Word) => void) | undefined;
  let isOver = false;
  const say = (word: Word): void => {
    if (heard !== undefined) heard(word);
    else if (kept.length < MAX_KEPT) kept.push(word);
  };
  const keyboard = stdin.isTTY === true && stdin.setRawMode !== undefined;
  if (keyboard) stdin.setRawMode?.(true);
  const words = keyboard ? keysOf(stdin) : linesOf(stdin);
  const read = async (): Promise<void> => {
    for await (const text of words) {
      if (isOver) return;
      const word = wordOf(text);
      if (word !== undefined) say(word);
      else if (text.trim() !== '') junk(text);
    }
  };
  // A stream that breaks says no more; the walk goes on by itself.
  void read().catch(() => {});
  return {
    listen(listener) {
      heard = listener;
      while (heard !== undefined && kept.length > 0) heard(kept.shift() ?? 'next');
    },
    close() {
      isOver = true;
      if (keyboard) stdin.setRawMode?.(false);
      if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
    },
  };
}

function wordOf(text: string): Word | undefined {
  const said = text.trim().toLowerCase();
  // A terminal that sends keys sends this one too, instead of a signal.
  if (said === CTRL_C) return 'quit';
  return Object.keys(WORDS).find((word): word is Word => said === word || said === word[0]);
}

async function* keysOf(stdin: World['stdin']): AsyncIterable<string> {
  const decoder = new StringDecoder('utf8');
  // Arrows and their like come as sequences, and are no words.
  for await (const part of stdin) yield* stripVTControlCharacters(decoder.write(Buffer.from(part)));
}

/** Lines, none longer than is of use: an endless one must not fill memory. */
async function* linesOf(stdin: World['stdin']): AsyncIterable<string> {
  const decoder = new StringDecoder('utf8');
  let line = '';
  for await (const part of stdin) {
    const [first = '', ...further] = decoder.write(Buffer.from(part)).split('\n');
    line = (line + first).slice(0, MAX_LINE);
    for (const next of further) {
      yield line;
      line = next.slice(0, MAX_LINE);
    }
  }
  if (line !== '') yield line;
}
