/** Bounds on hostile documents, in either of the two forms. Nothing is ever allocated from a declared size. */
export interface XmlLimits {
  /** Length of the whole input. Default 16 MiB. */
  readonly maxBytes: number;
  /** Nesting of elements. Default 256. */
  readonly maxDepth: number;
  /** Elements, attributes and texts together. Default 262144. */
  readonly maxNodes: number;
  /** Characters or bytes of text, each use counted: string pools let few bytes make much text. Default 32 Mi. */
  readonly maxText: number;
}

export const XML_LIMITS: XmlLimits = { maxBytes: 1 << 24, maxDepth: 256, maxNodes: 1 << 18, maxText: 1 << 25 };
