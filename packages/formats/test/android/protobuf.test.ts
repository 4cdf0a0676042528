import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat } from '@assay/formats';
import { ProtoMessage } from '../../src/android/protobuf.ts';
import { Budget } from '../../src/artifact-error.ts';
import { ByteView } from '../../src/byte-view.ts';
import { assertRefused, refuses } from '../artifact-helpers.ts';
import { hex } from '../helpers.ts';
import { bytes, fixed64, float, number, text } from './write-proto.ts';

function open(input: Uint8Array, maxFields = 1e6): ProtoMessage {
  const budget = new Budget(maxFields, 'artifact.too_many_items');
  return new ProtoMessage(new ByteView(input), budget, 0, input.length);
}

describe('ProtoMessage', () => {
  const message = open(
    concat(number(1, 300), text(2, 'ż'), bytes(3, number(1, 7)), bytes(3), float(4, 1.5), fixed64(5), number(6, -1)),
  );

  it('reads fields by number, and defaults where there is none', () => {
    assert.deepEqual(
      [message.uint32(1), message.text(2), message.float(4), message.uint32(6)],
      [300, 'ż', 1.5, 0xffffffff],
    );
    assert.deepEqual([message.uint32(9), message.text(9), message.float(9), message.message(9)], [0, '', 0, undefined]);
    assert.deepEqual([message.has(5), message.has(9), message.highestField], [true, false, 6]);
    assert.deepEqual(
      Array.from(message.messages(3), (each) => each.uint32(1)),
      [7, 0],
    );
  });

  it('takes the last of a repeated number or text', () => {
    const repeated = open(concat(number(1, 1), text(2, 'a'), number(1, 2), text(2, 'b')));
    assert.deepEqual([repeated.uint32(1), repeated.text(2)], [2, 'b']);
  });

  it('takes a number that is longer than it must be', () => {
    assert.equal(open(hex('08 81 80 00')).uint32(1), 1);
  });

  refuses(
    [
      ['a tag that is cut off', hex('88'), 'artifact.truncated'],
      ['a number that is cut off', hex('08 80'), 'artifact.truncated'],
      ['a number of eleven bytes', hex('08 80 80 80 80 80 80 80 80 80 80 01'), 'protobuf.varint_invalid'],
      ['a text longer than the message', hex('12 05 61'), 'artifact.truncated'],
      ['a length past all bounds', hex('12 ff ff ff ff ff ff ff ff 7f'), 'artifact.truncated'],
      ['a fixed number that is cut off', hex('25 00 00 00'), 'artifact.truncated'],
      ['a field without a number', hex('00 01'), 'protobuf.field_invalid'],
      ['a group', hex('0b 0c'), 'protobuf.field_invalid'],
      ['a wire type that is not in use', hex('0e'), 'protobuf.field_invalid'],
    ],
    open,
  );

  it('refuses a value of another type, and a message that stands twice', () => {
    assertRefused(() => message.uint32(2), 'protobuf.type_unexpected');
    assertRefused(() => message.text(1), 'protobuf.type_unexpected');
    assertRefused(() => message.float(1), 'protobuf.type_unexpected');
    assertRefused(() => message.message(1), 'protobuf.type_unexpected');
    assertRefused(() => message.message(3), 'protobuf.field_repeated');
    assertRefused(() => open(hex('12 01 ff')).text(2), 'artifact.text_invalid');
  });

  it('refuses more fields than the budget', () => {
    assertRefused(() => open(concat(number(1, 1), number(2, 1)), 1), 'artifact.too_many_items');
  });

  it('refuses a message of more fields than a table has entries', () => {
    assertRefused(() => open(new Uint8Array(2 * (1 << 18) + 2).fill(8)), 'artifact.too_many_items');
  });
});
