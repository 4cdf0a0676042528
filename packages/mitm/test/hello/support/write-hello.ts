/** A ClientHello as octets, from the fields that differ from a plain one. */
export interface HelloFields {
  readonly legacyVersion?: number;
  readonly sessionId?: Uint8Array;
  readonly ciphers?: readonly number[];
  readonly compression?: readonly number[];
  readonly extensions?: readonly (readonly [type: number, content: Uint8Array])[];
}

export const n1 = (value: number): Buffer => Buffer.from([value]);
export const n2 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
export const v1 = (content: Uint8Array): Buffer => Buffer.concat([n1(content.length), content]);
export const v2 = (content: Uint8Array): Buffer => Buffer.concat([n2(content.length), content]);
export const all2 = (values: readonly number[]): Buffer => Buffer.concat(values.map(n2));

export const serverName = (name: string | Uint8Array): readonly [number, Buffer] => [
  0,
  v2(Buffer.concat([n1(0), v2(Buffer.from(name))])),
];
export const alpn = (...names: readonly (string | Uint8Array)[]): readonly [number, Buffer] => [
  16,
  v2(Buffer.concat(names.map((name) => v1(Buffer.from(name))))),
];
export const versions = (...values: readonly number[]): readonly [number, Buffer] => [43, v1(all2(values))];
export const groups = (...values: readonly number[]): readonly [number, Buffer] => [10, v2(all2(values))];
export const algorithms = (...values: readonly number[]): readonly [number, Buffer] => [13, v2(all2(values))];
export const pointFormats = (...values: readonly number[]): readonly [number, Buffer] => [11, v1(Buffer.from(values))];
export const empty = (type: number): readonly [number, Buffer] => [type, Buffer.alloc(0)];

/** The handshake message, header included. */
export function helloMessage(fields: HelloFields = {}): Buffer {
  const { legacyVersion = 0x0303, sessionId = Buffer.alloc(0), ciphers = [0x1301], compression = [0] } = fields;
  const extensions = fields.extensions?.map(([type, content]) => Buffer.concat([n2(type), v2(content)]));
  const body = Buffer.concat([
    ...[n2(legacyVersion), Buffer.alloc(32, 7), v1(sessionId), v2(all2(ciphers)), v1(Buffer.from(compression))],
    ...(extensions === undefined ? [] : [v2(Buffer.concat(extensions))]),
  ]);
  return Buffer.concat([Buffer.from([1, body.length >> 16]), n2(body.length & 0xffff), body]);
}

export function record(fragment: Uint8Array, type = 22, version = 0x0301): Buffer {
  return Buffer.concat([n1(type), n2(version), v2(fragment)]);
}

/** In one record. */
export const helloRecord = (fields: HelloFields = {}): Buffer => record(helloMessage(fields));
