import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Duplex, type PassThrough, PassThrough as Pipe } from 'node:stream';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Through } from '../../src/stage/through.ts';

interface Bench {
  readonly through: Through;
  readonly inner: Duplex;
  /** What the client says, and what it hears. */
  readonly said: PassThrough;
  readonly heard: PassThrough;
  readonly seen: string[];
}

function openBench(): Bench {
  const [said, heard, seen] = [new Pipe(), new Pipe(), [] as string[]];
  const inner = Duplex.from({ readable: said, writable: heard });
  inner.on('error', () => {});
  const through = new Through(inner, {
    incoming: (octets) => seen.push(`< ${octets}`),
    outgoing: (octets) => seen.push(`> ${octets}`),
    released: () => seen.push('released'),
  });
  return { through, inner, said, heard, seen };
}

describe('a watched stream', () => {
  it('carries both directions, and shows them first', async () => {
    const { through, said, heard, seen } = openBench();
    said.write('question');
    assert.equal(String((await once(through, 'data'))[0]), 'question');
    through.write('answer');
    assert.equal(String((await once(heard, 'data'))[0]), 'answer');
    assert.deepEqual(seen, ['< question', '> answer']);
  });

  it('reads no more than is read from it', async () => {
    const { said, seen } = openBench();
    for (let at = 0; at < 100; at++) said.write('x'.repeat(10_000));
    await turn();
    assert.ok(seen.length < 10, String(seen.length));
  });

  it('ends with the inner stream', async () => {
    const { through, said } = openBench();
    said.end('last');
    assert.equal((await through.toArray()).join(''), 'last');
    assert.ok(through.writableEnded);
  });

  it('breaks with the inner stream, without an error of its own', async () => {
    const { through, inner } = openBench();
    through.on('error', assert.fail);
    inner.destroy(new Error('reset'));
    await once(through, 'close');
    assert.equal(through.errored, null);
  });

  it('tells that it was ended, and still watches what arrives', async () => {
    const { through, said, seen } = openBench();
    through.destroy();
    await once(through, 'close');
    said.write('alert');
    await turn();
    await turn();
    assert.deepEqual(seen, ['released', '< alert']);
  });

  it('drops what is written after the inner stream has ended', async () => {
    const { through, inner } = openBench();
    inner.end();
    through.write('late');
    through.end();
    await once(through, 'finish');
  });
});
