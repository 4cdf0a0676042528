import type { Place, Placer } from '../place.ts';
import { UnreadableFile } from '../unreadable.ts';

/** UTF-16 units, elements inside one another, and elements in all: far more than any configuration has. */
export const XML_LIMITS = { length: 2 ** 20, depth: 64, elements: 20_000 } as const;

/** What is no tag, by how it begins; a `<` inside means nothing. */
const SKIPPED = [
  { from: '<!--', to: '-->' },
  { from: '<![CDATA[', to: ']]>' },
  { from: '<?', to: '?>' },
] as const;

/**
 * Refuses text whose tree would be too large or too deep, before anything is parsed: the parser descends by recursion. Looks at
 * tags alone and takes no position on well-formedness; up to the first fault it sees the tags that the parser sees.
 *
 * @throws UnreadableFile `pin_configs.too_large`, or `pin_configs.unreadable` for a document type with an internal subset
 */
export function assertBounded(text: string, placer: Placer): void {
  if (text.length > XML_LIMITS.length) throw tooLarge('longer than 1 MiB', placer.at(0));
  let depth = 0;
  let elements = 0;
  for (let at = text.indexOf('<'); at !== -1; ) {
    const tag = tagAt(text, at, placer);
    depth += tag.descends;
    if (tag.descends !== -1 && tag.isElement) elements += 1;
    if (depth > XML_LIMITS.depth) throw tooLarge(`elements lie more than ${XML_LIMITS.depth} deep`, placer.at(at));
    if (elements > XML_LIMITS.elements) throw tooLarge(`more than ${XML_LIMITS.elements} elements`, placer.at(at));
    at = text.indexOf('<', tag.end);
  }
}

interface Tag {
  readonly end: number;
  readonly descends: -1 | 0 | 1;
  readonly isElement: boolean;
}

function tagAt(text: string, at: number, placer: Placer): Tag {
  const skipped = SKIPPED.find(({ from }) => text.startsWith(from, at));
  if (skipped !== undefined) {
    const end = text.indexOf(skipped.to, at + skipped.from.length);
    return { end: end === -1 ? text.length : end, descends: 0, isElement: false };
  }
  if (text.startsWith('</', at)) return { end: at + 2, descends: -1, isElement: true };
  const end = endOfTag(text, at);
  if (!text.startsWith('<!', at)) return { end, descends: text[end - 1] === '/' ? 0 : 1, isElement: true };
  // What an internal subset may declare (entities, defaults of attributes) is not read: the document would mean something else.
  if (text[end] === '[') throw new UnreadableFile('a document type with an internal subset is not read', placer.at(at));
  return { end, descends: 0, isElement: false };
}

/** The offset of the `>` that ends a tag, or of a `[`, outside quotes; the text's end when there is none. */
function endOfTag(text: string, at: number): number {
  for (let index = at + 1; index < text.length; index += 1) {
    const character = text[index];
    if (character === '>' || character === '[') return index;
    if (character !== '"' && character !== "'") continue;
    index = text.indexOf(character, index + 1);
    if (index === -1) return text.length;
  }
  return text.length;
}

const tooLarge = (message: string, place: Place): UnreadableFile =>
  new UnreadableFile(message, place, 'pin_configs.too_large');
