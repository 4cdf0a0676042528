/** Where something stands in its file: line and column from 1; column 0 when the form of the file does not say. */
export interface XmlPlace {
  readonly line: number;
  readonly column: number;
  /** Offsets into the text, in UTF-16 units, when the file is a text. */
  readonly start?: number;
  readonly end?: number;
}

export interface XmlAttribute {
  readonly name: string;
  readonly namespace?: string;
  readonly value: string;
  /** Resource id, when the value is a reference to a resource. */
  readonly reference?: number;
  /** Resource id of the attribute's name: names may be stripped from built apps. */
  readonly resourceId?: number;
  readonly at: XmlPlace;
}

/** One element, whether it was read from text, from Android's binary form or from aapt2's protobuf form. */
export interface XmlElement {
  readonly name: string;
  readonly namespace?: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** The element's own character data, joined; the children's is not in it. */
  readonly text: string;
  readonly at: XmlPlace;
}
