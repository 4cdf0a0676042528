import { ArtifactError, Budget } from '../artifact-error.ts';
import type { ByteView } from '../byte-view.ts';
import { FormatError } from '../error.ts';
import { decodeUtf8 } from '../utf8.ts';

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

const MAX_VARINT_OCTETS = 10;

/** Fields of one message: more than a type has entries, which are 65536 at most. */
const MAX_FIELDS = 1 << 18;

/** Where a field's value stands: for a number its own octets, for the rest the content. */
interface Field {
  readonly wireType: number;
  readonly start: number;
  readonly end: number;
}

/**
 * A protobuf message (Protocol Buffers encoding), its fields found and not yet decoded. Unknown fields are passed over.
 * Of a repeated number or text the last one holds, as the format prescribes; a repeated message, which other readers
 * merge, is refused. Groups are refused. Fields are charged to the budget.
 */
export class ProtoMessage {
  readonly start: number;
  readonly end: number;
  private readonly view: ByteView;
  private readonly budget: Budget;
  private readonly fields = new Map<number, Field[]>();

  constructor(view: ByteView, budget: Budget, start: number, end: number) {
    this.view = view;
    this.budget = budget;
    this.start = start;
    this.end = end;
    const own = new Budget(MAX_FIELDS, 'artifact.too_many_items');
    for (let at = start; at < end; ) {
      own.take(1, at);
      at = this.readField(at, end);
    }
  }

  has(number: number): boolean {
    return this.fields.has(number);
  }

  /** The largest number of a field that is here. */
  get highestField(): number {
    let highest = 0;
    for (const number of this.fields.keys()) highest = Math.max(highest, number);
    return highest;
  }

  /** The low 32 bits of a number; 0 when it is absent. */
  uint32(number: number): number {
    const field = this.last(number, VARINT);
    if (field === undefined) return 0;
    let value = 0;
    for (let at = field.start, shift = 0; at < field.end && shift < 32; at += 1, shift += 7) {
      value |= (this.view.u8(at) & 0x7f) << shift;
    }
    return value >>> 0;
  }

  float(number: number): number {
    const field = this.last(number, FIXED32);
    return field === undefined ? 0 : this.view.f32(field.start);
  }

  /** The text, or the empty string. Throws `artifact.text_invalid`. */
  text(number: number): string {
    const field = this.last(number, BYTES);
    if (field === undefined) return '';
    try {
      return decodeUtf8(this.view.part(field.start, field.end - field.start));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      throw new ArtifactError('artifact.text_invalid', field.start);
    }
  }

  message(number: number): ProtoMessage | undefined {
    const [only, second] = this.fields.get(number) ?? [];
    if (second !== undefined) throw new ArtifactError('protobuf.field_repeated', second.start);
    return only && this.toMessage(only);
  }

  /** Which of these fields is here: of a `oneof`, more than one is refused, as readers differ on which holds. */
  oneOf(numbers: readonly number[]): number | undefined {
    const [only, second] = numbers.filter((number) => this.has(number));
    if (second !== undefined) throw new ArtifactError('protobuf.field_repeated', this.start);
    return only;
  }

  /** The messages of a repeated field, one by one. */
  *messages(number: number): Generator<ProtoMessage> {
    for (const field of this.fields.get(number) ?? []) yield this.toMessage(field);
  }

  private last(number: number, wireType: number): Field | undefined {
    const field = this.fields.get(number)?.at(-1);
    return field && assertType(field, wireType);
  }

  private toMessage(field: Field): ProtoMessage {
    const { start, end } = assertType(field, BYTES);
    return new ProtoMessage(this.view, this.budget, start, end);
  }

  /** Returns where the next field begins. */
  private readField(at: number, end: number): number {
    this.budget.take(1, at);
    const tagEnd = this.varintEnd(at, end);
    const tag = this.smallVarint(at, tagEnd);
    const field = this.locate(tag & 7, tagEnd, end);
    const number = Math.floor(tag / 8);
    if (number === 0 || field === undefined) throw new ArtifactError('protobuf.field_invalid', at);
    if (field.end > end) throw new ArtifactError('artifact.truncated', at);
    const same = this.fields.get(number);
    if (same === undefined) this.fields.set(number, [field]);
    else same.push(field);
    return field.end;
  }

  private locate(wireType: number, at: number, end: number): Field | undefined {
    if (wireType === VARINT) return { wireType, start: at, end: this.varintEnd(at, end) };
    if (wireType === FIXED64) return { wireType, start: at, end: at + 8 };
    if (wireType === FIXED32) return { wireType, start: at, end: at + 4 };
    if (wireType !== BYTES) return undefined;
    const start = this.varintEnd(at, end);
    return { wireType, start, end: start + this.smallVarint(at, start) };
  }

  private varintEnd(at: number, end: number): number {
    for (let next = at; next < at + MAX_VARINT_OCTETS; next += 1) {
      if (next >= end) throw new ArtifactError('artifact.truncated', at);
      if (this.view.u8(next) < 0x80) return next + 1;
    }
    throw new ArtifactError('protobuf.varint_invalid', at);
  }

  /** Exact while it matters: a length past 2^53 comes out rounded and is past the end all the same. */
  private smallVarint(at: number, end: number): number {
    let value = 0;
    for (let next = end - 1; next >= at; next -= 1) value = value * 128 + (this.view.u8(next) & 0x7f);
    return value;
  }
}

function assertType(field: Field, wireType: number): Field {
  if (field.wireType !== wireType) throw new ArtifactError('protobuf.type_unexpected', field.start);
  return field;
}
