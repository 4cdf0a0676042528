import { ArtifactError, assertSize, Budget } from '../artifact-error.ts';
import type { BytesPredicate } from '../byte-search.ts';
import { ByteView } from '../byte-view.ts';
import { utf8 } from '../utf8.ts';
import { type DexHeader, itemAt, readDexHeader } from './dex-header.ts';
import { DexStrings } from './dex-strings.ts';

export interface DexLimits {
  /** Length of the whole input. Default 64 MiB. */
  readonly maxBytes: number;
  /** Members of lists of types, methods and characters of their signatures, in each call. Default 4 Mi. */
  readonly maxListed: number;
}

const LIMITS: DexLimits = { maxBytes: 1 << 26, maxListed: 1 << 22 };

/** A class that is defined in the file. Types are descriptors: `Ljava/lang/Object;`. */
export interface DexClass {
  readonly descriptor: string;
  readonly accessFlags: number;
  /** Absent for `java.lang.Object` alone. */
  readonly superclass?: string;
  /** Those that the class names itself. */
  readonly interfaces: readonly string[];
}

/** A method that code of the file defines or calls, for example `check` and `(Ljava/lang/String;Ljava/util/List;)V`. */
export interface DexMethod {
  readonly owner: string;
  readonly name: string;
  readonly proto: string;
}

const NO_INDEX = 0xffffffff;
const CLASS_SIZE = 32;
const METHOD_SIZE = 8;
const PROTO_SIZE = 12;

/**
 * A file of Android's bytecode, `classes.dex` (Dalvik executable format, versions 035 to 040): its strings, the types it
 * speaks of, the methods it calls and the classes it defines. Nothing is decoded before it is asked for. Code is not
 * read: a type or method that is referred to need not be reached. What a method decodes may throw `dex.*`, `artifact.*`.
 */
export function parseDex(bytes: Uint8Array, limits: Partial<DexLimits> = {}): DexFile {
  const allLimits = { ...LIMITS, ...limits };
  assertSize(bytes, allLimits.maxBytes);
  return new DexFile(new ByteView(bytes), allLimits);
}

export class DexFile {
  private readonly view: ByteView;
  private readonly header: DexHeader;
  private readonly strings: DexStrings;
  private readonly maxListed: number;

  constructor(view: ByteView, { maxListed }: DexLimits) {
    this.view = view;
    this.header = readDexHeader(view);
    this.strings = new DexStrings(view, this.header.strings);
    this.maxListed = maxListed;
  }

  get stringCount(): number {
    return this.strings.count;
  }

  /** The string with this index. */
  string(index: number): string {
    return this.strings.text(index);
  }

  /** Indexes of the strings whose bytes are wanted: see `containing` and `equalTo`. */
  findStrings(accepts: BytesPredicate): number[] {
    return this.strings.find(accepts);
  }

  /** Whether the file speaks of this type at all, in code, in a signature or as a class of its own. */
  hasType(descriptor: string): boolean {
    return this.findType(descriptor) !== undefined;
  }

  /** The methods of a type that code of the file defines or calls, those with this name if one is given. */
  methodsOf(descriptor: string, name?: string): DexMethod[] {
    const type = this.findType(descriptor);
    if (type === undefined) return [];
    const found: DexMethod[] = [];
    const budget = this.createBudget();
    for (let at = this.header.methods.at, left = this.header.methods.count; left > 0; left -= 1, at += METHOD_SIZE) {
      if (this.view.u16(at) !== type) continue;
      budget.take(1, at);
      const method = { owner: descriptor, name: this.strings.text(this.view.u32(at + 4)) };
      if (name === undefined || name === method.name) found.push({ ...method, proto: this.protoText(at, budget) });
    }
    return found;
  }

  /** The classes that the file defines, in its order. */
  *classes(): Generator<DexClass> {
    const budget = this.createBudget();
    for (let index = 0; index < this.header.classes.count; index += 1) yield this.readClass(index, budget);
  }

  /** The classes that the file defines and that name the type as an interface or as their superclass themselves. */
  subtypesOf(descriptor: string): DexClass[] {
    const type = this.findType(descriptor);
    if (type === undefined) return [];
    const [found, scanned, read]: [DexClass[], Budget, Budget] = [[], this.createBudget(), this.createBudget()];
    for (let index = 0; index < this.header.classes.count; index += 1) {
      const at = itemAt(this.header.classes, index, CLASS_SIZE);
      const isSubtype = this.view.u32(at + 8) === type || this.typeList(this.view.u32(at + 12), scanned).includes(type);
      if (isSubtype) found.push(this.readClass(index, read));
    }
    return found;
  }

  private createBudget(): Budget {
    return new Budget(this.maxListed, 'artifact.too_many_items');
  }

  private readClass(index: number, budget: Budget): DexClass {
    const at = itemAt(this.header.classes, index, CLASS_SIZE);
    const superclass = this.view.u32(at + 8);
    return {
      descriptor: this.typeName(this.view.u32(at)),
      accessFlags: this.view.u32(at + 4),
      ...(superclass === NO_INDEX ? {} : { superclass: this.typeName(superclass) }),
      interfaces: this.typeList(this.view.u32(at + 12), budget).map((type) => this.typeName(type)),
    };
  }

  private protoText(methodAt: number, budget: Budget): string {
    const at = itemAt(this.header.protos, this.view.u16(methodAt + 2), PROTO_SIZE);
    const parameters = this.typeList(this.view.u32(at + 8), budget).map((type) => this.typeName(type));
    for (const parameter of parameters) budget.take(parameter.length, at);
    return `(${parameters.join('')})${this.typeName(this.view.u32(at + 4))}`;
  }

  /** Indexes of types; an offset of 0 is the empty list. */
  private typeList(at: number, budget: Budget): number[] {
    if (at === 0) return [];
    const count = this.view.u32(at);
    if (at + 4 + count * 2 > this.view.length) throw new ArtifactError('artifact.truncated', at);
    budget.take(count, at);
    return Array.from({ length: count }, (_, index) => this.view.u16(at + 4 + index * 2));
  }

  private typeName(index: number): string {
    return this.strings.text(this.view.u32(itemAt(this.header.types, index, 4)));
  }

  private findType(descriptor: string): number | undefined {
    const wanted = utf8(descriptor);
    for (let index = 0; index < this.header.types.count; index += 1) {
      if (this.strings.equals(this.view.u32(itemAt(this.header.types, index, 4)), wanted)) return index;
    }
    return undefined;
  }
}
