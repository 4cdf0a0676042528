import { fault } from './reasons.ts';

/** A stored appraisal with its trace is a few kilobytes. */
const MAX_LINE = 1 << 20;

/**
 * JSON documents, one a line, out of bytes that come in any pieces; empty lines are passed over. Never more than one line is held.
 *
 * @throws RequestError `cli.document_invalid` naming the line
 */
export async function* jsonLines(parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [held, number] = ['', 0];
  for await (const part of parts) {
    const lines = (held + textOf(() => decoder.decode(part, { stream: true }), number)).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) {
      number += 1;
      if (line.trim() !== '') yield parsed(line, number);
    }
    if (held.length > MAX_LINE) throw refused(number + 1, 'a line is too long');
  }
  const last = held + textOf(() => decoder.decode(), number);
  if (last.trim() !== '') yield parsed(last, number + 1);
}

function parsed(line: string, number: number): unknown {
  return textOf(() => JSON.parse(line), number - 1);
}

/** No cause: a parser's message repeats what it read. */
function textOf<T>(read: () => T, lines: number): T {
  try {
    return read();
  } catch {
    throw refused(lines + 1, 'not JSON');
  }
}

function refused(line: number, found: string): Error {
  return fault('cli.document_invalid', {
    ...{ message: `line ${line} is not in its form`, expected: 'one JSON document a line' },
    found,
  });
}
