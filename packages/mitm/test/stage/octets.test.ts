import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createOctetCounter } from '../../src/stage/octets.ts';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const FRAMES = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  ping: 6,
  goaway: 7,
  window: 8,
  unknown: 0xf7,
};

function frame(type: keyof typeof FRAMES, length: number): Buffer {
  const octets = Buffer.alloc(9 + length, 0x50);
  octets.writeUIntBE(length, 0, 3);
  octets[3] = FRAMES[type];
  return octets;
}

function count(...chunks: readonly Uint8Array[]): readonly [octets: number, settings: number] {
  let [octets, settings] = [0, 0];
  const counter = createOctetCounter({
    application: (more) => {
      octets += more;
    },
    settings: () => {
      settings += 1;
    },
  });
  for (const chunk of chunks) counter.feed(chunk);
  counter.end();
  return [octets, settings];
}

const ROWS: readonly (readonly [what: string, chunks: readonly Buffer[], octets: number, settings: number])[] = [
  ['nothing', [], 0, 0],
  ['one octet', [Buffer.from('G')], 1, 0],
  ['one octet that the preface begins with', [Buffer.from('P')], 1, 0],
  ['a request of HTTP/1.1', [Buffer.from('GET / HTTP/1.1\r\n\r\n')], 18, 0],
  ['a request that begins like the preface', [Buffer.from('PRO'), Buffer.from('PFIND')], 8, 0],
  ['the preface alone', [PREFACE], 0, 0],
  ['the preface but its end', [PREFACE.subarray(0, 23)], 23, 0],
  ['what keeps a connection', [PREFACE, frame('settings', 18), frame('window', 4), frame('priority', 5)], 0, 1],
  ['how it ends', [PREFACE, frame('settings', 0), frame('ping', 8), frame('reset', 4), frame('goaway', 8)], 0, 1],
  ['headers', [PREFACE, frame('settings', 0), frame('headers', 30)], 39, 1],
  ['headers without their body', [PREFACE, frame('headers', 30).subarray(0, 9)], 9, 0],
  ['data', [PREFACE, frame('data', 0)], 9, 0],
  ['a frame of no known type', [PREFACE, frame('unknown', 3)], 12, 0],
  ['an unfinished header of a frame', [PREFACE, frame('headers', 3).subarray(0, 8)], 0, 0],
];

describe('counting decrypted octets', () => {
  for (const [what, chunks, octets, settings] of ROWS) {
    it(`counts ${octets} in ${what}`, () => assert.deepEqual(count(...chunks), [octets, settings]));
  }

  it('counts the same in whatever pieces they come', () => {
    const whole = Buffer.concat(ROWS.slice(5).flatMap(([, chunks], at) => (at < 6 ? chunks.slice(1) : [])));
    const stream = Buffer.concat([PREFACE, whole]);
    const expected = count(stream);
    assert.ok(expected[0] > 0 && expected[1] > 0);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 20 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
        assert.deepEqual(count(...at.slice(1).map((end, index) => stream.subarray(at[index], end))), expected);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('never counts less than was sent, where it is no HTTP/2', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (chunks) => {
        const sent = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
        assert.deepEqual(count(...chunks), [sent, 0]);
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});
