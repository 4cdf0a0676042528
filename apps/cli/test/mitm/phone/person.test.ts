import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createPerson } from '../../../src/mitm/phone/person.ts';

async function heardIn(parts: readonly (string | Uint8Array)[], keyboard = false) {
  const raw: boolean[] = [];
  const stdin = Object.assign(
    new PassThrough(),
    keyboard ? { isTTY: true, setRawMode: (on: boolean) => raw.push(on) } : {},
  );
  const [words, junk]: [string[], string[]] = [[], []];
  const person = createPerson(stdin, (text) => junk.push(text));
  person.listen((word) => words.push(word));
  for (const part of parts) stdin.write(part);
  stdin.end();
  for (let index = 0; index < 20; index += 1) await turn();
  person.close();
  return { words, junk, raw };
}

describe('a person', () => {
  it('says words, or their first letters, a line each', async () => {
    const { words, junk } = await heardIn(['n\nnext\n  REPEAT \r\ns', 'kip\nq']);
    assert.deepEqual([words, junk], [['next', 'next', 'repeat', 'skip', 'quit'], []]);
  });

  it('presses keys at a terminal, which is given back as it was', async () => {
    const { words, junk, raw } = await heardIn(['nr', 'S', '\u0003', '\u001B[A', 'x\r'], true);
    assert.deepEqual([words, junk, raw], [['next', 'repeat', 'skip', 'quit'], ['x'], [true, false]]);
  });

  it('is heard later where nobody listened, and in order', async () => {
    const stdin = new PassThrough();
    const person = createPerson(stdin, () => {});
    stdin.write('n\ns\nq\n');
    for (let index = 0; index < 10; index += 1) await turn();
    const words: string[] = [];
    const once = (word: string): void => {
      words.push(word);
      person.listen(undefined);
    };
    person.listen(once);
    assert.deepEqual(words, ['next']);
    person.listen(once);
    assert.deepEqual(words, ['next', 'skip']);
    person.close();
  });

  it('may say anything, as long as it likes, in pieces of characters', async () => {
    const noise = [
      Uint8Array.of(0xff, 0xfe, 0x0a),
      'n'.repeat(100_000),
      '\n',
      Uint8Array.of(0xc3),
      Uint8Array.of(0xa9, 0x0a),
      '__proto__\nconstructor\n\n\nn\n',
    ];
    const { words, junk } = await heardIn(noise);
    assert.deepEqual(words, ['next']);
    assert.deepEqual(junk.slice(-3), ['é', '__proto__', 'constructor']);
    assert.ok(junk.every((line) => line.length <= 200));
  });
});
