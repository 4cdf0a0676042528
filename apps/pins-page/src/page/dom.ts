import { plain } from '../analysis/names.ts';

type Attributes = Readonly<Record<string, string | boolean>>;

/**
 * An element with its attributes and children. Strings become text and never markup: nothing on this page is parsed as
 * HTML.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false) continue;
    made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children);
  return made;
}

/** The element of the page with this id. */
export function byId<T extends HTMLElement>(id: string, type: abstract new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`the page has no ${type.name} called ${id}`);
}

/** A block of text from outside, with what cannot be seen spelled out line by line. */
export function code(lines: readonly string[], attributes: Attributes = {}): HTMLPreElement {
  return el('pre', { tabindex: '0', ...attributes }, el('code', {}, lines.map(plain).join('\n')));
}

/** A sentence in which backticks mark code. */
export function prose(text: string): readonly (Node | string)[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? el('code', {}, part) : part));
}

const TOLD_MS = 1600;

/** A button that does something, and says for a moment that it did. */
export function doing(label: string, done: string, act: () => Promise<void> | void): HTMLButtonElement {
  const button = el('button', { type: 'button' }, label);
  const tell = (text: string) => {
    button.textContent = text;
    setTimeout(() => {
      button.textContent = label;
    }, TOLD_MS);
  };
  button.addEventListener('click', () => {
    Promise.resolve(act()).then(
      () => tell(done),
      () => tell('not possible here'),
    );
  });
  return button;
}

export const copying = (text: () => string, label = 'Copy'): HTMLButtonElement =>
  doing(label, 'Copied', () => navigator.clipboard.writeText(text()));

/** Hands a text over as a file of its own; it never leaves the browser. */
export function save(path: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  el('a', { href: url, download: path.split('/').at(-1) ?? path }).click();
  setTimeout(() => URL.revokeObjectURL(url), TOLD_MS);
}

/** A day as everybody reads it. */
export const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
