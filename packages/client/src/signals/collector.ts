import type { Clock } from '@assay/core';
import type { StatementSignal } from '@assay/tokens/wire';
import type { Watch } from '../watchdog.ts';
import { toStatementSignal } from './fit.ts';
import type { SignalSource } from './source.ts';

/** How long a statement waits for a source, and how long an answer stands for the surroundings. Milliseconds. */
export const SIGNAL_TIMES = { wait: 3_000, fresh: 60_000 } as const;

export interface CollectorContext {
  readonly clock: Clock;
  readonly watch: Watch;
  /** A source gave nothing, or something that does not fit: `client.signals_missing`. */
  readonly report: (provider: string) => void;
}

/** Asks the sources before statements; answers are kept for a while, in memory. */
export class Collector {
  readonly #asked: readonly Asked[];

  constructor(sources: readonly SignalSource[], context: CollectorContext) {
    this.#asked = sources.map((source) => new Asked(source, context));
  }

  async collect(): Promise<readonly StatementSignal[]> {
    return (await Promise.all(this.#asked.map((asked) => asked.answer()))).flat();
  }
}

/** One source. While a call of it hangs it is not called again, and no statement waits for it a second time. */
class Asked {
  readonly #source: SignalSource;
  readonly #context: CollectorContext;
  #held: { readonly signals: readonly StatementSignal[]; readonly at: number } | undefined;
  #isHanging = false;

  constructor(source: SignalSource, context: CollectorContext) {
    this.#source = source;
    this.#context = context;
  }

  async answer(): Promise<readonly StatementSignal[]> {
    const { clock, watch, report } = this.#context;
    const age = this.#held === undefined ? Number.NaN : clock() - this.#held.at;
    if (this.#held !== undefined && age >= 0 && age < SIGNAL_TIMES.fresh) return this.#held.signals;
    this.#held = undefined;
    if (this.#isHanging) return [];
    try {
      return await watch(() => this.#ask());
    } catch {
      report(this.#source.provider);
      return [];
    }
  }

  async #ask(): Promise<readonly StatementSignal[]> {
    this.#isHanging = true;
    try {
      const said = await this.#source.collect();
      const signals = said.map((each) => toStatementSignal(this.#source, each)).filter((each) => each !== undefined);
      if (signals.length < said.length) this.#context.report(this.#source.provider);
      this.#held = { signals, at: this.#context.clock() };
      return signals;
    } finally {
      this.#isHanging = false;
    }
  }
}
