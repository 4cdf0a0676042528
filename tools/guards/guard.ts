/** What a guard found below a folder, and how much it looked at (so that looking at nothing shows). */
export interface Findings {
  readonly problems: readonly string[];
  readonly looked: number;
}

/** One rule that the tree keeps, with the fixture (tools/guards/<name>/fixtures/) that proves that it can fail. */
export interface Guard {
  readonly name: string;
  /** What it counts, for its line in the report. */
  readonly unit: string;
  /** Texts that must each occur among the fixture's problems. */
  readonly expected: readonly string[];
  inspect(root: string): Promise<Findings>;
}
