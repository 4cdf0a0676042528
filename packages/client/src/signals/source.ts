/** One thing that a provider looked at. */
export interface SourceSignal {
  /** The provider's own name for it: `docs/signals.md` has the ones that count. */
  readonly name: string;
  readonly value: boolean;
}

/**
 * A library in the app that looks at its surroundings. What it says is a hint: it can tighten a verdict and never loosen one.
 * A source that rejects, hangs or is taken out is not reported; a server that heard from it before notices its silence.
 */
export interface SignalSource {
  /** As the server's table spells it, for example `freerasp`. */
  readonly provider: string;
  /** Version of the library, by which an operator can put false alarms of a release aside. */
  readonly version: string;
  /** Everything that it looked at, quiet signals too: a provider that reports nothing has gone silent. */
  collect(): Promise<readonly SourceSignal[]>;
}
