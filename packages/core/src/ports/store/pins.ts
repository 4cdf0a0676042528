export interface PinSetRow {
  readonly iss: string;
  readonly app: string;
  readonly epoch: number;
  readonly version: number;
  readonly hash: string;
  /** The wire form, exact text. */
  readonly document: string;
  readonly publishedAt: number;
}

export interface PinStore {
  /** False when (epoch, version) exists already or is not newer than the newest. */
  addPinSet(row: PinSetRow): Promise<boolean>;
  newestPinSet(iss: string, app: string): Promise<PinSetRow | undefined>;
}
