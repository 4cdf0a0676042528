/** The signed content of a receipt: SET OF SEQUENCE { type INTEGER, version INTEGER, value OCTET STRING }, not sorted. */
import { type AttestEnvironment, RequestError } from '@assay/core';
import { DerReader, decodeUtf8, TAG } from '@assay/formats';

export type ReceiptType = 'ATTEST' | 'RECEIPT';

export interface ReceiptPayload {
  readonly appId: string;
  /** DER of the attested leaf certificate. */
  readonly certificate: Uint8Array;
  readonly clientDataHash: Uint8Array;
  readonly token: string;
  readonly type: ReceiptType;
  /** Not documented by Apple; undefined when it is neither of the two known values. */
  readonly environment: AttestEnvironment | undefined;
  /** Epoch milliseconds, as all times here. */
  readonly creationTime: number;
  /** Approximate number of keys attested for this app on this device; only in RECEIPT. */
  readonly riskMetric: number | undefined;
  /** No refresh before; only in RECEIPT. */
  readonly notBefore: number | undefined;
  readonly expirationTime: number;
}

const FIELD = {
  appId: 2,
  certificate: 3,
  clientDataHash: 4,
  token: 5,
  type: 6,
  environment: 7,
  creationTime: 12,
  riskMetric: 17,
  notBefore: 19,
  expirationTime: 21,
} as const;

const TYPES: readonly ReceiptType[] = ['ATTEST', 'RECEIPT'];
const ENVIRONMENTS: ReadonlyMap<string, AttestEnvironment> = new Map([
  ['sandbox', 'development'],
  ['production', 'production'],
]);

type Fields = ReadonlyMap<number, Uint8Array>;

/** @throws RequestError `der.*`, `evidence.member_unexpected` */
export function parsePayload(content: Uint8Array): ReceiptPayload {
  const fields = readFields(content);
  return {
    appId: textField(fields, FIELD.appId),
    certificate: bytesField(fields, FIELD.certificate),
    clientDataHash: bytesField(fields, FIELD.clientDataHash),
    token: textField(fields, FIELD.token),
    type: typeField(fields),
    environment: optional(fields, FIELD.environment, (id) => ENVIRONMENTS.get(textField(fields, id))),
    creationTime: timeField(fields, FIELD.creationTime),
    riskMetric: optional(fields, FIELD.riskMetric, (id) => metricField(fields, id)),
    notBefore: optional(fields, FIELD.notBefore, (id) => timeField(fields, id)),
    expirationTime: timeField(fields, FIELD.expirationTime),
  };
}

/** All fields by number; one that occurs twice makes the receipt ambiguous and is refused. */
function readFields(content: Uint8Array): Fields {
  const outer = DerReader.of(content);
  const set = outer.enter(TAG.SET);
  outer.end();
  const fields = new Map<number, Uint8Array>();
  while (!set.isEmpty) {
    const field = set.enter(TAG.SEQUENCE);
    const type = field.smallInteger();
    field.smallInteger(); // Version of the field: 1 in every genuine receipt.
    if (fields.has(type)) throw fault(type, 'once');
    fields.set(type, field.octetString());
    field.end();
  }
  return fields;
}

function optional<T>(fields: Fields, id: number, read: (id: number) => T): T | undefined {
  return fields.has(id) ? read(id) : undefined;
}

function bytesField(fields: Fields, id: number): Uint8Array {
  const value = fields.get(id);
  if (value === undefined) throw fault(id, 'present');
  return value;
}

function textField(fields: Fields, id: number): string {
  return decodeUtf8(bytesField(fields, id), 'der.text_invalid', 0);
}

function typeField(fields: Fields): ReceiptType {
  const text = textField(fields, FIELD.type);
  const type = TYPES.find((known) => known === text);
  if (type === undefined) throw fault(FIELD.type, 'ATTEST or RECEIPT');
  return type;
}

function metricField(fields: Fields, id: number): number {
  const text = textField(fields, id);
  if (!/^\d{1,9}$/.test(text)) throw fault(id, 'a decimal number');
  return Number(text);
}

/** `2020-11-27T22:41:40.46Z`: UTC, with as many digits of a second as are not zero. */
function timeField(fields: Fields, id: number): number {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?Z$/.exec(textField(fields, id));
  const iso = match === null ? '' : `${match[1]}.${(match[2] ?? '').padEnd(3, '0')}Z`;
  const time = Date.parse(iso);
  if (Number.isNaN(time) || new Date(time).toISOString() !== iso) throw fault(id, 'a UTC time');
  return time;
}

function fault(id: number, expected: string): RequestError {
  return new RequestError('evidence.member_unexpected', 'a field of the receipt is missing or not as Apple writes it', {
    expected: `field ${id}: ${expected}`,
  });
}
