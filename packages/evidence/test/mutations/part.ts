/** Evidence in the parts that it travels in. */
export type Part = Uint8Array | string;
