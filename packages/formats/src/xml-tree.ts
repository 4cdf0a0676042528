/** Where a node was read. Lines and columns count from 1; 0 is "unknown". */
export interface XmlPlace {
  readonly line: number;
  readonly column: number;
  /** Offsets into the input, in the unit of its reader: bytes for binary forms, UTF-16 units for text. */
  readonly start?: number;
  readonly end?: number;
}

/**
 * One attribute. A name may occur twice in a binary document, which text XML forbids: readers keep both, in their
 * order, and take none for the right one.
 */
export interface XmlAttribute {
  /** The local name. Where `resourceId` is a known one, the name that Android gives to it, whatever the document says. */
  readonly name: string;
  readonly namespace?: string;
  /** As text: `true`, `42`, `0x2a`, `@0x7f010000`; the empty string for null. */
  readonly value: string;
  /** The resource id, when the value refers to a resource or to an attribute of the theme. */
  readonly reference?: number;
  /** The resource id of the attribute's name. Android goes by this alone, and by the name only where it is absent. */
  readonly resourceId?: number;
  readonly at: XmlPlace;
}

/** One element, whether it was text, Android's binary XML or the protobuf form of app bundles. */
export interface XmlElement {
  readonly name: string;
  readonly namespace?: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** The character data directly inside, joined. */
  readonly text: string;
  /** From the first character data to the last; absent where there is none, or where the form does not say. */
  readonly textAt?: XmlPlace;
  /** A comment or an element divides the text into pieces that are each more than white space; Android keeps those apart. */
  readonly isDivided?: true;
  readonly at: XmlPlace;
}
