import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Source } from '../../src/wire/source.ts';

const OCTETS = Uint8Array.from({ length: 40 }, (_, at) => at);

test('octets come in the portions that are asked for', async () => {
  const stream = new PassThrough();
  const source = new Source(stream);
  stream.end(OCTETS);
  const portions = [];
  for (const length of [5, 0, 30, 5, 1]) portions.push((await source.read(length))?.length);
  assert.deepEqual(portions, [5, 0, 30, 5, undefined]);
});

test('too little is waited for without keeping anybody else from working', async () => {
  const stream = new PassThrough();
  const source = new Source(stream);
  const wanted = source.read(5);
  for (const octet of OCTETS.subarray(0, 5)) {
    stream.write(Uint8Array.of(octet));
    await setImmediate();
  }
  assert.deepEqual(await wanted, Buffer.from(OCTETS.subarray(0, 5)));
});

test('more than the stream buffers can be asked for', async () => {
  const stream = new PassThrough({ highWaterMark: 4 });
  const wanted = new Source(stream).read(OCTETS.length);
  stream.end(OCTETS);
  assert.deepEqual(await wanted, Buffer.from(OCTETS));
});

test('where the stream ends before, or breaks, there is nothing', async () => {
  for (const end of ['end', 'destroy'] as const) {
    const stream = new PassThrough();
    const wanted = new Source(stream).read(5);
    stream.write(Uint8Array.of(1, 2, 3));
    stream[end]();
    assert.equal(await wanted, undefined);
  }
  const broken = new PassThrough();
  const wanted = new Source(broken).read(5);
  broken.destroy(new Error('gone'));
  assert.equal(await wanted, undefined);
});
