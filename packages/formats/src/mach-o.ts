import { ArtifactError, assertSize, Budget } from './artifact-error.ts';
import type { BytesPredicate } from './byte-search.ts';
import { ByteView } from './byte-view.ts';
import { type MachOCommands, readCommands } from './mach-o-commands.ts';

export interface MachOLimits {
  /** Length of the whole input. Default 512 MiB. */
  readonly maxBytes: number;
}

const LIMITS: MachOLimits = { maxBytes: 1 << 29 };

/** The program for one kind of processor. */
export interface MachOSlice extends Omit<MachOCommands, 'cStrings'> {
  /** `arm64`, `x86_64`, else the number in hexadecimal digits. */
  readonly cpu: string;
  /** Placed at random in memory (`MH_PIE`): of programs alone, libraries always are. */
  readonly isPie: boolean;
  /** A program, to be run by itself (`MH_EXECUTE`); else a library or a part of one. */
  readonly isProgram: boolean;
  /**
   * The texts of C, Objective-C and Swift whose bytes are wanted: see `containing`. Swift keeps up to 15 bytes inside
   * the code, where they are not found. Of an encrypted slice this searches the ciphertext. Malformed UTF-8 is replaced.
   */
  findStrings(accepts: BytesPredicate): string[];
}

/** Numbers of `mach-o/loader.h` and `mach-o/fat.h` (Apple, cctools). */
const MAGIC_64 = 0xfeedfacf;
const MAGIC_32 = 0xfeedface;
const FAT = 0xcafebabe;
const FAT_64 = 0xcafebabf;
const EXECUTE = 2;
const PIE = 0x200000;
const CPUS: ReadonlyMap<number, string> = new Map([
  [0x0100000c, 'arm64'],
  [0x01000007, 'x86_64'],
]);

/** More than there are kinds of processors; a Java class has the same magic and a larger number in this place. */
const MAX_SLICES = 16;

/**
 * A program or library for Apple's systems: the slices for 64-bit processors, one in a thin file, several in a universal
 * one. Slices for 32-bit processors are passed over. Offsets of errors count from the start of the slice. Throws
 * `mach_o.*`, `artifact.*`.
 */
export function parseMachO(bytes: Uint8Array, limits: Partial<MachOLimits> = {}): MachOSlice[] {
  assertSize(bytes, { ...LIMITS, ...limits }.maxBytes);
  const slices = slicesOf(bytes).flatMap((slice) => readSlice(slice) ?? []);
  if (slices.length === 0) throw new ArtifactError('mach_o.magic_unknown', 0);
  return slices;
}

function slicesOf(bytes: Uint8Array): Uint8Array[] {
  const view = new ByteView(bytes, 'big');
  const magic = view.u32(0);
  if (magic !== FAT && magic !== FAT_64) return [bytes];
  const [count, isWide] = [view.u32(4), magic === FAT_64];
  if (count > MAX_SLICES) throw new ArtifactError('mach_o.magic_unknown', 4);
  return Array.from({ length: count }, (_, index) => {
    const at = 8 + index * (isWide ? 32 : 20) + 8;
    return isWide ? view.part(view.u64(at), view.u64(at + 8)) : view.part(view.u32(at), view.u32(at + 4));
  });
}

/** Undefined for a 32-bit slice. */
function readSlice(bytes: Uint8Array): MachOSlice | undefined {
  const view = new ByteView(bytes);
  const [magic, cpu, flags] = [view.u32(0), view.u32(4), view.u32(24)];
  if (magic === MAGIC_32) return undefined;
  if (magic !== MAGIC_64) throw new ArtifactError('mach_o.magic_unknown', 0);
  const { cStrings, ...commands } = readCommands(view);
  return {
    ...commands,
    cpu: CPUS.get(cpu) ?? `0x${cpu.toString(16)}`,
    isPie: (flags & PIE) !== 0,
    isProgram: view.u32(12) === EXECUTE,
    findStrings: (accepts) => findStrings(view, cStrings, accepts),
  };
}

const LENIENT = new TextDecoder();

function findStrings(view: ByteView, sections: MachOCommands['cStrings'], accepts: BytesPredicate): string[] {
  const found: string[] = [];
  const budget = new Budget(view.length, 'artifact.too_much_text');
  for (const { start, end } of sections) {
    budget.take(end - start, start);
    const section = view.part(start, end - start);
    for (let at = 0, next = 0; at < section.length; at = next + 1) {
      next = section.indexOf(0, at);
      if (next < 0) next = section.length;
      if (next > at && accepts(section, at, next)) found.push(LENIENT.decode(section.subarray(at, next)));
    }
  }
  return found;
}
