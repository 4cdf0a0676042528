import assert from 'node:assert/strict';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const TAG = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>/y;
const VOID = new Set(['meta', 'br']);
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const decoded = (text: string): string =>
  text.replace(/&([^;]*);/g, (_, name: string) => ENTITIES[name] ?? assert.fail(`the entity ${name}`));

/** A strict reading of the markup that our reports write, XML or HTML: what it does not know fails the test. */
export function readMarkup(markup: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open: Element[] = [root];
  let at = /^(<\?xml[^>]*\?>|<!doctype html>)\n/.exec(markup)?.[0].length ?? 0;
  while (at < markup.length) {
    const inner = open.at(-1) ?? assert.fail('an end tag too many');
    const next = markup.indexOf('<', at);
    const until = next === -1 ? markup.length : next;
    inner.text += inner.name === 'style' ? markup.slice(at, until) : decoded(markup.slice(at, until));
    if (next === -1) break;
    TAG.lastIndex = next;
    const [whole = '', slash, name = '', attributes = '', closed] =
      TAG.exec(markup) ?? assert.fail(markup.slice(next, next + 60));
    at = next + whole.length;
    if (slash === '/') assert.equal(open.pop()?.name, name);
    else {
      const element: Element = { name, attributes: attributesOf(attributes), children: [], text: '' };
      inner.children.push(element);
      if (closed !== '/' && !VOID.has(name)) open.push(element);
    }
  }
  assert.equal(open.length, 1, `not closed: ${open.map(({ name }) => name).join(' ')}`);
  return root;
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [
    name,
    decoded(value),
  ]);
  return Object.fromEntries(found);
}

/** Every element of a name, in the order of the document. */
export function all(element: Element, name: string): readonly Element[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}

export const textOf = (element: Element): string => [element.text, ...element.children.map(textOf)].join(' ');
