import { ArtifactError } from './artifact-error.ts';
import type { ByteView } from './byte-view.ts';
import { readEntitlements } from './mach-o-signature.ts';

/** A library that is loaded with the program. */
export interface MachODylib {
  /** As written, for example `@rpath/Alamofire.framework/Alamofire`. */
  readonly name: string;
  /** The program starts without it. */
  readonly isWeak: boolean;
}

/** Sizes of the symbol table. A stripped program has next to no local symbols. */
export interface MachOSymbols {
  readonly total: number;
  readonly local: number;
}

/** What the load commands say. */
export interface MachOCommands {
  readonly dylibs: readonly MachODylib[];
  /** Present where the linker left room for encryption; `isEncrypted` once the App Store has done it. */
  readonly encryption?: { readonly isEncrypted: boolean; readonly size: number };
  readonly symbols?: MachOSymbols;
  readonly isSigned: boolean;
  /** The property list of the signature, as text. Nothing about the signature is verified. */
  readonly entitlements?: string;
  /** Places of the sections of zero-terminated texts. */
  readonly cStrings: readonly { readonly start: number; readonly end: number }[];
}

type Draft = { -readonly [K in keyof MachOCommands]: MachOCommands[K] } & {
  readonly dylibs: MachODylib[];
  readonly cStrings: { readonly start: number; readonly end: number }[];
};

/** Reads the command at `at`, which ends before `end`. */
type Read = (view: ByteView, at: number, end: number, draft: Draft) => void;

const HEADER_SIZE = 32;

/** The largest apps have some tens of KiB of commands; a file of nothing else would take gigabytes to hold. */
const MAX_COMMANDS_SIZE = 1 << 22;

const SEGMENT_SIZE = 72;
const SECTION_SIZE = 80;
const SECTION_TYPE = 0xff;
const C_STRINGS = 2;

const readDylib =
  (isWeak: boolean): Read =>
  (view, at, end, draft) => {
    draft.dylibs.push({ name: textIn(view, at + view.u32(at + 8), end), isWeak });
  };

const readEncryption: Read = (view, at, _end, draft) => {
  draft.encryption = { isEncrypted: view.u32(at + 16) !== 0, size: view.u32(at + 12) };
};

const readSymbols: Read = (view, at, _end, draft) => {
  draft.symbols = { total: view.u32(at + 12), local: draft.symbols?.local ?? 0 };
};

const readDynamicSymbols: Read = (view, at, _end, draft) => {
  draft.symbols = { total: draft.symbols?.total ?? 0, local: view.u32(at + 12) };
};

/** A second one would cost as much as the first to read, so a file of nothing else would take for ever. */
const readSignature: Read = (view, at, _end, draft) => {
  if (draft.isSigned) throw new ArtifactError('mach_o.command_invalid', at);
  draft.isSigned = true;
  const entitlements = readEntitlements(view.part(view.u32(at + 8), view.u32(at + 12)));
  if (entitlements !== undefined) draft.entitlements = entitlements;
};

const readSegment: Read = (view, at, end, draft) => {
  const count = view.u32(at + 64);
  if (at + SEGMENT_SIZE + count * SECTION_SIZE > end) throw new ArtifactError('mach_o.command_invalid', at);
  for (let section = at + SEGMENT_SIZE; section < at + SEGMENT_SIZE + count * SECTION_SIZE; section += SECTION_SIZE) {
    if ((view.u32(section + 64) & SECTION_TYPE) !== C_STRINGS) continue;
    const [start, size] = [view.u32(section + 48), view.u64(section + 40)];
    if (start + size > view.length) throw new ArtifactError('artifact.truncated', section);
    draft.cStrings.push({ start, end: start + size });
  }
};

/** By the number of the command (`mach-o/loader.h`): its least size, and what it says. */
const ROWS: ReadonlyMap<number, readonly [size: number, read: Read]> = new Map([
  [0x02, [24, readSymbols]],
  [0x0b, [80, readDynamicSymbols]],
  [0x0c, [24, readDylib(false)]],
  [0x19, [SEGMENT_SIZE, readSegment]],
  [0x1d, [16, readSignature]],
  [0x20, [24, readDylib(false)]],
  [0x21, [20, readEncryption]],
  [0x2c, [20, readEncryption]],
  [0x80000018, [24, readDylib(true)]],
  [0x8000001f, [24, readDylib(false)]],
  [0x80000023, [24, readDylib(false)]],
]);

/** The load commands of a 64-bit slice. Throws `mach_o.*`, `artifact.truncated`. */
export function readCommands(view: ByteView): MachOCommands {
  const [count, size] = [view.u32(16), view.u32(20)];
  const end = HEADER_SIZE + size;
  if (end > view.length) throw new ArtifactError('artifact.truncated', 20);
  if (size > MAX_COMMANDS_SIZE) throw new ArtifactError('mach_o.command_invalid', 20);
  const draft: Draft = { dylibs: [], isSigned: false, cStrings: [] };
  for (let left = count, at = HEADER_SIZE; left > 0; left -= 1) at = readCommand(view, at, end, draft);
  return draft;
}

/** Returns where the next command begins. */
function readCommand(view: ByteView, at: number, end: number, draft: Draft): number {
  if (at + 8 > end) throw new ArtifactError('mach_o.command_invalid', at);
  const size = view.u32(at + 4);
  const [least, read] = ROWS.get(view.u32(at)) ?? [8, undefined];
  if (size < least || at + size > end) throw new ArtifactError('mach_o.command_invalid', at);
  read?.(view, at, at + size, draft);
  return at + size;
}

/** Up to a zero or the end. Malformed UTF-8 is replaced: the name is for people. */
function textIn(view: ByteView, at: number, end: number): string {
  if (at > end) throw new ArtifactError('mach_o.command_invalid', at);
  const bytes = view.bytes.subarray(at, end);
  const zero = bytes.indexOf(0);
  return new TextDecoder().decode(zero < 0 ? bytes : bytes.subarray(0, zero));
}
