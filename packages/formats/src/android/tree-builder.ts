import { ArtifactError } from '../artifact-error.ts';
import type { XmlAttribute, XmlElement, XmlPlace } from '../xml-tree.ts';

interface Open {
  readonly head: Omit<XmlElement, 'children' | 'text'>;
  readonly children: XmlElement[];
  readonly texts: string[];
}

/** Makes a tree of the events of a document: one outermost element, every element closed. */
export class TreeBuilder {
  private readonly maxDepth: number;
  private readonly open: Open[] = [];
  private done: XmlElement | undefined;

  constructor(maxDepth: number) {
    this.maxDepth = maxDepth;
  }

  start(name: string, namespace: string | undefined, attributes: readonly XmlAttribute[], at: XmlPlace): void {
    const offset = at.start ?? 0;
    if (this.done !== undefined) throw new ArtifactError('binary_xml.root_repeated', offset);
    if (this.open.length >= this.maxDepth) throw new ArtifactError('artifact.too_deep', offset);
    const head = { name, ...(namespace ? { namespace } : {}), attributes, at };
    this.open.push({ head, children: [], texts: [] });
  }

  /** Character data outside the outermost element is dropped, as Android does. */
  text(text: string): void {
    this.open.at(-1)?.texts.push(text);
  }

  end(offset: number): void {
    const ended = this.open.pop();
    if (ended === undefined) throw new ArtifactError('binary_xml.end_unexpected', offset);
    const element = { ...ended.head, children: ended.children, text: ended.texts.join('') };
    const parent = this.open.at(-1);
    if (parent === undefined) this.done = element;
    else parent.children.push(element);
  }

  finish(offset: number): XmlElement {
    if (this.open.length > 0) throw new ArtifactError('binary_xml.element_unclosed', offset);
    if (this.done === undefined) throw new ArtifactError('binary_xml.root_missing', offset);
    return this.done;
  }
}
