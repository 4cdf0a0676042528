import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readQuicInitial } from '../../src/hello/quic.ts';

/** A long header with ids of 8 and 0 octets, padded. */
function initial(version: number, { first = 0xc3, length = 1_200, id = 8 } = {}): Buffer {
  const datagram = Buffer.alloc(length, 0x55);
  datagram[0] = first;
  datagram.writeUInt32BE(version, 1);
  datagram[5] = id;
  datagram[6 + id] = 0;
  return datagram;
}

describe('an Initial packet of QUIC', () => {
  it('is known in its versions', () => {
    const rows = [
      [initial(1), 'QUIC 1'],
      [initial(0x6b3343cf, { first: 0xd3 }), 'QUIC 2'],
      [initial(0xff00001d), 'QUIC draft 29'],
      [initial(0x1a2a3a4a), 'QUIC, reserved version'],
      [initial(0x51303530), 'QUIC 0x51303530'],
    ] as const;
    for (const [datagram, name] of rows) assert.equal(readQuicInitial(datagram)?.name, name);
  });

  it('may be too short for any server', () => assert.equal(readQuicInitial(initial(1, { length: 64 }))?.padded, false));

  it('is not taken for another', () => {
    const others = [
      initial(1, { first: 0x43 }),
      initial(1, { first: 0x83 }),
      initial(1, { first: 0xe3 }),
      initial(0x6b3343cf),
      initial(0),
      initial(1, { id: 21 }),
      initial(1).subarray(0, 12),
      Buffer.alloc(0),
      Buffer.from('M-SEARCH * HTTP/1.1\r\n'),
    ];
    for (const datagram of others) assert.equal(readQuicInitial(datagram), undefined);
  });

  it('is looked for in any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (octets) => void readQuicInitial(octets)),
      { seed: 7 },
    );
  });
});
