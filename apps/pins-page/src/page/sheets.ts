import { Desk, MAX_BYTES, type Refusal, refusalOf } from '../analysis/desk.ts';
import type { Sheet, SheetState } from '../analysis/model.ts';
import { plain } from '../analysis/names.ts';
import { byId, el } from './dom.ts';
import { acceptDrops } from './drops.ts';

export interface SheetsView {
  sheets(): readonly Sheet[];
  /** Adds a file, or replaces the one of this name. */
  put(name: string, text: string): void;
  show(states: readonly SheetState[]): void;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The files on the page: pasted, typed, opened or dropped. */
export function createSheets(changed: () => void): SheetsView {
  const desk = new Desk();
  const text = byId('text', HTMLTextAreaElement);
  const name = byId('name', HTMLInputElement);
  let states: readonly SheetState[] = [];

  const draw = () => {
    drawTabs(desk, states, turnTo, add);
    drawState(desk, states);
  };
  const drawContent = () => {
    const { bytes, text: content } = desk.current;
    text.readOnly = content === undefined;
    text.value = content ?? `${bytes.length} bytes that are no text`;
  };
  const drawName = () => {
    name.value = desk.current.bytes.length > 0 || desk.current.isNamed ? desk.current.name : '';
  };
  const drawAll = () => {
    drawContent();
    drawName();
    draw();
  };
  const turnTo = (index: number) => {
    desk.select(index);
    drawAll();
  };
  const add = () => {
    desk.add();
    drawAll();
    text.focus();
  };
  const put = (bytes: Uint8Array, given?: string) => {
    alarm(desk.put(bytes, given));
    drawAll();
    changed();
  };
  const type = () => {
    const refusal = desk.write(encode(text.value));
    // An alarm stays until something is taken in: emptying the field is what refusing does.
    if (refusal !== undefined || text.value !== '') alarm(refusal);
    if (refusal !== undefined) drawContent();
    drawName();
    draw();
    changed();
  };
  text.addEventListener('input', type);
  name.addEventListener('input', () => {
    desk.rename(name.value);
    draw();
    changed();
  });
  byId('remove', HTMLButtonElement).addEventListener('click', () => {
    desk.remove();
    drawAll();
    text.focus();
    changed();
  });
  acceptDrops({
    files: async (files) => {
      for (const file of files) {
        if (file.size > MAX_BYTES) alarm('too_large');
        else put(new Uint8Array(await file.arrayBuffer()), file.name);
      }
    },
    text: (dropped) => put(encode(dropped)),
  });
  acceptPastes(text);
  drawAll();
  return {
    sheets: () => desk.filled,
    put: (given, content) => put(encode(content), given),
    show(told) {
      states = told;
      draw();
    },
  };
}

/** A private key that is pasted does not even come into the field, whose history a browser may keep. */
function acceptPastes(text: HTMLTextAreaElement): void {
  text.addEventListener('paste', (event) => {
    const refusal = refusalOf(encode(event.clipboardData?.getData('text/plain') ?? ''));
    if (refusal === undefined) return;
    event.preventDefault();
    alarm(refusal);
  });
}

function drawTabs(desk: Desk, states: readonly SheetState[], turnTo: (index: number) => void, add: () => void): void {
  const tabs = desk.all.map((sheet, index) => {
    const button = el('button', { type: 'button', 'aria-pressed': String(index === desk.index) }, plain(sheet.name));
    if (stateOf(sheet, states)?.fault !== undefined) button.dataset['fault'] = '';
    button.addEventListener('click', () => turnTo(index));
    return el('li', {}, button);
  });
  const more = el('button', { type: 'button', 'aria-label': 'Add a file' }, '+');
  more.addEventListener('click', add);
  const list = byId('sheets', HTMLElement);
  list.replaceChildren(...tabs, ...(desk.mayAdd ? [el('li', {}, more)] : []));
  list.hidden = desk.all.length === 1 && !desk.mayAdd;
}

function drawState(desk: Desk, states: readonly SheetState[]): void {
  const place = byId('state', HTMLElement);
  const state = desk.current.bytes.length === 0 ? undefined : stateOf(desk.current, states);
  place.dataset['fault'] = String(state?.fault !== undefined);
  place.textContent = state === undefined ? '' : plain(state.fault ?? `Read as ${KINDS[state.kind] ?? state.kind}`);
}

const stateOf = ({ name }: Sheet, states: readonly SheetState[]): SheetState | undefined =>
  states.find((state) => state.name === name);

/** What a sheet was read as, as people call it. */
const KINDS: Readonly<Record<string, string>> = {
  keys: 'certificates and keys',
  nsc: 'network security configuration',
  manifest: 'Android manifest',
  plist: 'property list',
  harmony: 'HarmonyOS network configuration',
  code: 'source code',
  dependencies: 'dependencies',
  'pin-list': 'list of pins',
  policy: 'pin policy',
};

const REFUSED: Readonly<Record<Refusal, string>> = {
  private_key:
    'That was a private key. It was refused, and wiped from this page. A pin needs its public half alone: openssl pkey -in KEY -pubout',
  too_large: 'That is larger than 1 MiB, and was not taken in.',
  too_many: 'There are too many files here already; that one was not taken in.',
};

function alarm(refusal: Refusal | undefined): void {
  const place = byId('alarm', HTMLElement);
  place.textContent = refusal === undefined ? '' : REFUSED[refusal];
  place.hidden = refusal === undefined;
}
