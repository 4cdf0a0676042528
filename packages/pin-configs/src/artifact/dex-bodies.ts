import { ArtifactError, type DexFile } from '@assay/formats/artifacts';

/** Offsets in the header, and sizes of items (Dalvik executable format). */
const TYPE_IDS_AT = 0x44;
const METHOD_IDS_AT = 0x5c;
const CLASS_DEFS = 0x60;
const CLASS_DEF_SIZE = 32;
const CLASS_DATA_AT = 24;
const RETURN_VOID = 0x0e;
/** Numbers that are read in all: classes may share their members, and few bytes name many classes. */
const MAX_NUMBERS = 1 << 22;

/**
 * The classes, of those that are wanted, whose method of this name consists of `return-void` alone: it returns without having
 * looked at anything. Compilers and shrinkers leave no code in front of it.
 *
 * @throws ArtifactError `artifact.truncated`, `dex.index_invalid`
 */
export function emptyBodies(
  dex: DexFile,
  bytes: Uint8Array,
  wanted: ReadonlySet<string>,
  method: string,
): readonly string[] {
  if (wanted.size === 0) return [];
  const code = new DexCode(dex, bytes);
  return code.classes(wanted).flatMap(({ descriptor, dataAt }) => {
    const bodies = dataAt === 0 ? [] : code.bodies(dataAt, method);
    return bodies.length > 0 && bodies.every((at) => code.isReturnOnly(at)) ? [descriptor] : [];
  });
}

class DexCode {
  readonly #dex: DexFile;
  readonly #view: DataView;
  #at = 0;
  #left = MAX_NUMBERS;

  constructor(dex: DexFile, bytes: Uint8Array) {
    this.#dex = dex;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  classes(wanted: ReadonlySet<string>): { readonly descriptor: string; readonly dataAt: number }[] {
    const [count, start] = [this.#u32(CLASS_DEFS), this.#u32(CLASS_DEFS + 4)];
    const found: { descriptor: string; dataAt: number }[] = [];
    for (let index = 0; index < count && found.length < wanted.size; index += 1) {
      const at = start + index * CLASS_DEF_SIZE;
      const descriptor = this.#typeName(this.#u32(at));
      if (wanted.has(descriptor)) found.push({ descriptor, dataAt: this.#u32(at + CLASS_DATA_AT) });
    }
    return found;
  }

  /** Offsets of the code of a class's virtual methods of this name. */
  bodies(dataAt: number, method: string): readonly number[] {
    this.#at = dataAt;
    const [statics, instances, direct, virtual] = [this.#uleb(), this.#uleb(), this.#uleb(), this.#uleb()];
    for (let left = (statics + instances) * 2 + direct * 3; left > 0; left -= 1) this.#uleb();
    const found: number[] = [];
    for (let left = virtual, index = 0; left > 0; left -= 1) {
      index += this.#uleb();
      this.#uleb();
      const codeAt = this.#uleb();
      if (codeAt !== 0 && this.#methodName(index) === method) found.push(codeAt);
    }
    return found;
  }

  isReturnOnly(codeAt: number): boolean {
    return this.#u32(codeAt + 12) === 1 && this.#u16(codeAt + 16) === RETURN_VOID;
  }

  #typeName(index: number): string {
    return this.#dex.string(this.#u32(this.#u32(TYPE_IDS_AT) + index * 4));
  }

  #methodName(index: number): string {
    return this.#dex.string(this.#u32(this.#u32(METHOD_IDS_AT) + index * 8 + 4));
  }

  #uleb(): number {
    this.#left -= 1;
    if (this.#left < 0) throw new ArtifactError('artifact.too_many_items', this.#at);
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const octet = this.#u8(this.#at++);
      value += (octet & 0x7f) * 2 ** shift;
      if (octet < 0x80) return value;
    }
    throw new ArtifactError('dex.index_invalid', this.#at);
  }

  #u8(at: number): number {
    this.#assertInside(at, 1);
    return this.#view.getUint8(at);
  }

  #u16(at: number): number {
    this.#assertInside(at, 2);
    return this.#view.getUint16(at, true);
  }

  #u32(at: number): number {
    this.#assertInside(at, 4);
    return this.#view.getUint32(at, true);
  }

  #assertInside(at: number, size: number): void {
    if (at + size > this.#view.byteLength) throw new ArtifactError('artifact.truncated', at);
  }
}
