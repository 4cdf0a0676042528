import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { take } from '../../src/stage/intake.ts';

/** Up to a full stop, which is taken away. */
function takeSentence(octets: Buffer) {
  const end = octets.indexOf('.');
  return end < 0 ? undefined : { value: octets.toString('latin1', 0, end), length: end + 1 };
}

describe('reading from the start of a stream', () => {
  it('waits until it is enough, and gives the rest back', async () => {
    const stream = new PassThrough();
    const first = take(stream, 100, takeSentence);
    for (const part of ['on', 'e.t', 'wo.rest']) {
      stream.write(part);
      await turn();
    }
    assert.equal(await first, 'one');
    assert.equal(await take(stream, 100, takeSentence), 'two');
    stream.end();
    assert.equal((await stream.toArray()).join(''), 'rest');
  });

  it('looks without taking', async () => {
    const stream = new PassThrough();
    stream.end('whole');
    assert.equal(await take(stream, 100, (octets) => ({ value: octets[0], length: 0 })), 0x77);
    assert.equal((await stream.toArray()).join(''), 'whole');
  });

  for (const [what, end] of [
    ['ends', (stream: PassThrough) => stream.end()],
    ['breaks', (stream: PassThrough) => stream.destroy()],
    ['is too long', (stream: PassThrough) => stream.write('x'.repeat(100))],
  ] as const) {
    it(`is nothing where the stream ${what} before that`, async () => {
      const stream = new PassThrough();
      const taken = take(stream, 50, takeSentence);
      stream.write('no end');
      end(stream);
      assert.equal(await taken, undefined);
      assert.equal(stream.listenerCount('data'), 0);
    });
  }

  it('is nothing where the stream has ended already', async () => {
    const stream = new PassThrough();
    stream.destroy();
    assert.equal(await take(stream, 50, takeSentence), undefined);
    const ended = new PassThrough();
    ended.end();
    await ended.toArray();
    assert.equal(await take(ended, 50, takeSentence), undefined);
  });
});
