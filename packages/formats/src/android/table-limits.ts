/** Bounds on hostile resource tables, in either of the two forms. They hold for a table with all calls upon it. */
export interface TableLimits {
  /** Length of the whole input. Default 64 MiB. */
  readonly maxBytes: number;
  /** Searches for one entry in one configuration, 16 for each that is found; fields of messages. Default 32 Mi. */
  readonly maxSteps: number;
  /** Bytes or characters of string pools that are decoded. Default 64 Mi. */
  readonly maxText: number;
}

export const TABLE_LIMITS: TableLimits = { maxBytes: 1 << 26, maxSteps: 1 << 25, maxText: 1 << 26 };
