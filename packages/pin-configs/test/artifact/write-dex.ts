/** A class with one virtual method and its code, in 16-bit units. */
export interface ClassSource {
  readonly descriptor: string;
  readonly superclass: string;
  readonly method: string;
  readonly code: readonly number[];
}

const HEADER = 0x70;

const bytesOf = (size: number, value: number): number[] =>
  Array.from({ length: size }, (_, at) => Math.floor(value / 2 ** (8 * at)) & 0xff);
const u16 = (value: number): number[] => bytesOf(2, value);
const u32 = (value: number): number[] => bytesOf(4, value);
const uleb = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...uleb(value >>> 7)]);

/** A dex file with these classes and strings: header, tables, then what they point to. */
export function writeDex(classes: readonly ClassSource[], strings: readonly string[] = []): Uint8Array {
  const types = [...new Set(classes.flatMap(({ descriptor, superclass }) => [descriptor, superclass])), 'V'];
  const texts = [...new Set([...types, ...classes.map(({ method }) => method), ...strings])];
  const at = tablesOf(texts.length, types.length, classes.length);
  const data: number[] = [];
  const place = (bytes: readonly number[]): number => {
    while (data.length % 4 !== 0) data.push(0);
    data.push(...bytes);
    return at.data + data.length - bytes.length;
  };
  const stringIds = texts.flatMap((text) => u32(place([...uleb(text.length), ...new TextEncoder().encode(text), 0])));
  const classDefs = classes.flatMap(({ descriptor, superclass, code }, index) => {
    const codeAt = place([
      ...u16(1),
      ...u16(1),
      ...u16(0),
      ...u16(0),
      ...u32(0),
      ...u32(code.length),
      ...code.flatMap(u16),
    ]);
    const dataAt = place([0, 0, 0, 1, ...uleb(index), 1, ...uleb(codeAt)]);
    return [...[types.indexOf(descriptor), 1, types.indexOf(superclass), 0, 0, 0, dataAt, 0].flatMap(u32)];
  });
  const body = [
    ...stringIds,
    ...types.flatMap((type) => u32(texts.indexOf(type))),
    ...[0, types.indexOf('V'), 0].flatMap(u32),
    ...classes.flatMap(({ descriptor, method }) => [
      ...u16(types.indexOf(descriptor)),
      ...u16(0),
      ...u32(texts.indexOf(method)),
    ]),
    ...classDefs,
    ...data,
  ];
  return Uint8Array.from([...headerOf(at, texts.length, types.length, classes.length), ...body]);
}

function tablesOf(strings: number, types: number, classes: number) {
  const typeIds = HEADER + strings * 4;
  const protoIds = typeIds + types * 4;
  const methodIds = protoIds + 12;
  const classDefs = methodIds + classes * 8;
  return { typeIds, protoIds, methodIds, classDefs, data: classDefs + classes * 32 };
}

function headerOf(at: ReturnType<typeof tablesOf>, strings: number, types: number, classes: number): number[] {
  const counts = [
    strings,
    HEADER,
    types,
    at.typeIds,
    1,
    at.protoIds,
    0,
    0,
    classes,
    at.methodIds,
    classes,
    at.classDefs,
    0,
    0,
  ];
  const start = [
    ...new TextEncoder().encode('dex\n035\0'),
    ...bytesOf(28, 0),
    ...u32(HEADER),
    ...u32(0x12345678),
    ...bytesOf(12, 0),
  ];
  return [...start, ...counts.flatMap(u32)];
}
