import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat, utf8 } from '@assay/formats';
import { binaryConfig } from '../../src/android/binary-config.ts';
import { protoConfig } from '../../src/android/proto-config.ts';
import { ProtoMessage } from '../../src/android/protobuf.ts';
import { Budget } from '../../src/artifact-error.ts';
import { ByteView } from '../../src/byte-view.ts';
import { le, patched, zeros } from '../bytes-writer.ts';
import { number, text } from './write-proto.ts';

const fromProto = (...fields: Uint8Array[]) => {
  const input = concat(...fields);
  return protoConfig(new ProtoMessage(new ByteView(input), new Budget(99, 'artifact.too_many_items'), 0, input.length));
};
const fromBinary = (at: number, value: Uint8Array) => binaryConfig(patched(zeros(64), at, value));
const octet = (at: number, value: number) => fromBinary(at, le(1, value));
const short = (at: number, value: number) => fromBinary(at, le(2, value));

describe('the qualifiers of a configuration', () => {
  const rows: readonly [qualifiers: string, binary: string, proto: string][] = [
    ['mcc310', short(4, 310), fromProto(number(1, 310))],
    ['mnc00', short(6, 0xffff), fromProto(number(2, 0xffff))],
    ['fr', fromBinary(8, utf8('fr')), fromProto(text(3, 'fr'))],
    ['fr-rCA', fromBinary(8, utf8('frCA')), fromProto(text(3, 'fr-CA'))],
    ['es-r419', fromBinary(8, concat(utf8('es'), Uint8Array.of(0xa4, 0x24))), fromProto(text(3, 'es-419'))],
    ['fil', fromBinary(8, Uint8Array.of(0xad, 0x05)), fromProto(text(3, 'fil'))],
    [
      'b+sr+Latn',
      binaryConfig(patched(patched(zeros(64), 8, utf8('sr')), 36, utf8('Latn'))),
      fromProto(text(3, 'sr-Latn')),
    ],
    ['b+und+Latn', fromBinary(36, utf8('Latn')), fromProto(text(3, 'und-Latn'))],
    ['ldrtl', octet(28, 0x80), fromProto(number(4, 2))],
    ['sw600dp', short(30, 600), fromProto(number(9, 600))],
    ['w720dp', short(32, 720), fromProto(number(7, 720))],
    ['h480dp', short(34, 480), fromProto(number(8, 480))],
    ['xlarge', octet(28, 4), fromProto(number(10, 4))],
    ['notlong', octet(28, 0x10), fromProto(number(11, 2))],
    ['round', octet(48, 2), fromProto(number(12, 1))],
    ['widecg', octet(49, 2), fromProto(number(13, 1))],
    ['highdr', octet(49, 8), fromProto(number(14, 1))],
    ['land', octet(12, 2), fromProto(number(15, 2))],
    ['car', octet(29, 3), fromProto(number(16, 3))],
    ['night', octet(29, 0x20), fromProto(number(17, 1))],
    ['xxhdpi', short(14, 480), fromProto(number(18, 480))],
    ['nodpi', short(14, 0xffff), fromProto(number(18, 0xffff))],
    ['280dpi', short(14, 280), fromProto(number(18, 280))],
    ['finger', octet(13, 3), fromProto(number(19, 3))],
    ['keyshidden', octet(18, 2), fromProto(number(20, 2))],
    ['qwerty', octet(16, 2), fromProto(number(21, 2))],
    ['navexposed', octet(18, 4), fromProto(number(22, 1))],
    ['wheel', octet(17, 4), fromProto(number(23, 4))],
    [
      '800x600',
      binaryConfig(patched(patched(zeros(64), 20, le(2, 800)), 22, le(2, 600))),
      fromProto(number(5, 800), number(6, 600)),
    ],
    ['v28', short(24, 28), fromProto(number(24, 28))],
    ['uiType15', octet(29, 15), fromProto(number(16, 15))],
    ['other', octet(19, 1), fromProto(number(26, 1))],
    ['other', octet(52, 1), fromProto(number(27, 1))],
    ['', binaryConfig(zeros(64)), fromProto()],
    ['', binaryConfig(zeros(4)), fromProto(text(25, 'tablet'))],
  ];
  for (const [qualifiers, binary, proto] of rows) {
    it(`${qualifiers || 'none'} are read from either form`, () =>
      assert.deepEqual([binary, proto], [qualifiers, qualifiers]));
  }

  it('stand in the order that Android prescribes', () => {
    assert.equal(fromProto(number(24, 28), number(17, 1), text(3, 'fr')), 'fr-night-v28');
  });

  it('are none without a configuration', () => {
    assert.equal(protoConfig(undefined), '');
  });
});
