import type { Sheet } from './model.ts';
import { holdsPrivateKey } from './private-key.ts';
import { recognise } from './recognise.ts';

/** Largest paste or file. No configuration comes near it. */
export const MAX_BYTES: number = 1 << 20;
const MAX_SHEETS = 40;

export interface DeskSheet extends Sheet {
  /** A reader gave it its name, or it came with one; else the content names it. */
  readonly isNamed: boolean;
  /** The content as text; undefined for bytes that are none. */
  readonly text: string | undefined;
}

/** Why something is not taken in. */
export type Refusal = 'private_key' | 'too_large' | 'too_many';

const UNNAMED = 'new file';
const EMPTY: DeskSheet = { name: UNNAMED, isNamed: false, bytes: new Uint8Array(), text: '' };
const BLANK: ReadonlySet<string> = new Set([UNNAMED, '']);

/**
 * The files that lie on the page, one of them in front; there is always one, empty at first. Nothing else keeps what was
 * pasted, and a private key never comes to lie here.
 */
export class Desk {
  private held: readonly DeskSheet[] = [EMPTY];
  private front = 0;

  get all(): readonly DeskSheet[] {
    return this.held;
  }

  get index(): number {
    return this.front;
  }

  get current(): DeskSheet {
    return this.held[this.front] ?? EMPTY;
  }

  /** Those with something in them. */
  get filled(): readonly Sheet[] {
    return this.held.filter(isFilled).map(({ name, bytes }) => ({ name, bytes }));
  }

  get mayAdd(): boolean {
    return this.held.every(isFilled) && this.held.length < MAX_SHEETS;
  }

  select(index: number): void {
    this.front = Math.min(Math.max(index, 0), this.held.length - 1);
  }

  add(): void {
    this.held = [...this.held, EMPTY];
    this.front = this.held.length - 1;
  }

  remove(): void {
    const left = this.held.toSpliced(this.front, 1);
    this.held = left.length === 0 ? [EMPTY] : left;
    this.select(this.front - 1);
  }

  /** An empty name lets the content decide again. */
  rename(name: string): void {
    const { bytes } = this.current;
    this.set(this.front, this.sheetOf(bytes, this.front, BLANK.has(name.trim()) ? undefined : name.trim()));
  }

  /** The content of the sheet in front. Of what is refused nothing stays, neither here nor in `bytes`. */
  write(bytes: Uint8Array): Refusal | undefined {
    const refusal = refusalOf(bytes);
    const { isNamed, name } = this.current;
    const kept = refusal === undefined ? bytes : new Uint8Array();
    this.set(this.front, this.sheetOf(kept, this.front, isNamed ? name : undefined));
    return refusal;
  }

  /** A file: in place of the one of its name, on an empty sheet, or on a new one. It lies in front then. */
  put(bytes: Uint8Array, name?: string): Refusal | undefined {
    const refusal = refusalOf(bytes);
    if (refusal !== undefined) return refusal;
    const index = this.placeFor(name);
    if (index >= MAX_SHEETS) return 'too_many';
    this.set(index, this.sheetOf(bytes, index, name));
    this.front = index;
    return undefined;
  }

  private placeFor(name: string | undefined): number {
    const same = this.held.findIndex((sheet) => isFilled(sheet) && sheet.name === name);
    if (same !== -1) return same;
    const spare = isFilled(this.current) ? this.held.findIndex((sheet) => !isFilled(sheet)) : this.front;
    return spare === -1 ? this.held.length : spare;
  }

  private set(index: number, sheet: DeskSheet): void {
    this.held = [...this.held.slice(0, index), sheet, ...this.held.slice(index + 1)];
  }

  private sheetOf(bytes: Uint8Array, index: number, given: string | undefined): DeskSheet {
    const text = textOf(bytes);
    const name = given ?? this.free(recognise(text ?? '') ?? UNNAMED, index);
    return { name, isNamed: given !== undefined, bytes, text };
  }

  /** Two pastes of one form: the second lies in a folder of its own, so that its name still tells how it is read. */
  private free(wanted: string, index: number): string {
    const isTaken = (name: string) => this.held.some((sheet, other) => other !== index && sheet.name === name);
    const names = [wanted, ...Array.from({ length: MAX_SHEETS }, (_, count) => `${count + 2}/${wanted}`)];
    return names.find((name) => !isTaken(name)) ?? wanted;
  }
}

const isFilled = ({ bytes }: Sheet): boolean => bytes.length > 0;

/** Why these bytes would not be taken in; they are wiped when they hold a private key. */
export function refusalOf(bytes: Uint8Array): Refusal | undefined {
  if (bytes.length > MAX_BYTES) return 'too_large';
  if (!holdsPrivateKey(bytes)) return undefined;
  bytes.fill(0);
  return 'private_key';
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
