import type { Case } from '../case.ts';
import { judge, summarize } from '../judge/judge.ts';
import type { CaseResult, Judged, RunReport } from '../outcome.ts';
import type { Profile } from '../profile.ts';
import { mitmFault } from '../reasons.ts';
import type { Progress, RunPorts } from './ports.ts';
import type { SceneSettings } from './scene.ts';
import { createSlots } from './slots.ts';
import { runTrial, type Trial, type TrialSettings } from './trial.ts';

export interface RunOrder extends Omit<SceneSettings, 'ports'> {
  readonly ports: RunPorts;
  readonly cases: readonly Case[];
  /** Cases that do not apply, with the reason. */
  readonly left: readonly { readonly case: Case; readonly because: string }[];
  /** What every correct client accepts: run first and last. */
  readonly control: Case;
  readonly profile: Profile;
  readonly client: RunReport['client'];
  readonly version: string;
  /** Who ran it, and on what. */
  readonly madeBy: Pick<RunReport, 'by' | 'ranOn'>;
  readonly hosts: readonly string[];
  readonly limitMs: number;
  readonly watchMs: number;
  /** Clients at once. */
  readonly jobs: number;
  /** Ends the run early: what was not decided is inconclusive. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Listeners at once: those of clients that run, and those that are only watched. */
const MAX_STAGES = 200;
const NOTHING: CaseResult['observation'] = { connections: [], reports: [] };
const INTERRUPTED = 'the run was ended before this case was decided';
const CONTROL_FAILED = 'not run, since the positive control failed: a refusal would prove nothing';

/**
 * Runs a client against every case, each with a listener of its own, between two positive controls. A case that could
 * not be staged is inconclusive; it never passes.
 *
 * @throws RequestError `mitm.no_cases`; whatever staging or starting the first control raises
 */
export async function runBattery(order: RunOrder): Promise<RunReport> {
  if (order.cases.length === 0) throw mitmFault('mitm.no_cases');
  return await new Run(order).toEnd();
}

/** A case with what was seen, not yet judged for good: that waits for the second control. */
interface Played {
  readonly case: Case;
  readonly trial?: Trial;
  /** Why there is no trial. */
  readonly because?: string;
}

class Run {
  readonly #order: RunOrder;
  readonly #settings: TrialSettings;
  readonly #startedAt: number;
  readonly #rest: readonly Case[];
  #done = 0;
  #total: number;

  constructor(order: RunOrder) {
    this.#order = order;
    this.#startedAt = order.ports.clock();
    this.#rest = order.cases.filter(({ id }) => id !== order.control.id);
    this.#total = this.#rest.length + 2;
    this.#settings = {
      ...order,
      clients: createSlots(isShared(order) ? 1 : order.jobs),
      onWatched: (item) => order.onProgress?.({ kind: 'watched', case: item }),
    };
  }

  async toEnd(): Promise<RunReport> {
    const before = await this.#firstControl();
    if (!this.#passes(before)) return this.#withoutBattery(before);
    const played = await this.#all();
    const after = await this.#play(this.#order.control, 0);
    const controls = this.#passes(after) ? 'passed' : this.#order.signal.aborted ? 'not-run' : 'failed-after';
    return this.#report(controls, [controls === 'failed-after' ? after : before, ...played]);
  }

  /**
   * Once more where it failed: a client that warms up, or a machine that is busy, is no reason to end a run. What cannot
   * be staged for the control can be staged for no case.
   */
  async #firstControl(): Promise<Played> {
    const first = await this.#perform(this.#order.control, 0);
    if (this.#passes(first) || this.#order.signal.aborted) return first;
    this.#total += 1;
    return await this.#play(this.#order.control, 0);
  }

  #withoutBattery(before: Played): RunReport {
    const { aborted } = this.#order.signal;
    const because = aborted ? INTERRUPTED : CONTROL_FAILED;
    const rest = this.#rest.map((item) => ({ case: item, because }));
    return this.#report(aborted ? 'not-run' : 'failed-before', [before, ...rest]);
  }

  /** In the order of the battery, though they start in another: what waits longest starts first. */
  async #all(): Promise<readonly Played[]> {
    const open = createSlots(isShared(this.#order) ? 1 : MAX_STAGES);
    const played = new Map<Case, Played>();
    const { watchMs, jobs } = this.#order;
    // One client at a time gains nothing by another order, and whoever follows it wants the battery's.
    const byPatience = jobs === 1 ? this.#rest : this.#rest.toSorted((a, b) => patienceOf(b) - patienceOf(a));
    await Promise.all(
      byPatience.map((item) => open(async () => void played.set(item, await this.#play(item, watchMs)))),
    );
    return this.#rest.flatMap((item) => played.get(item) ?? []);
  }

  /** What cannot be staged is not decided. */
  #play(item: Case, watchMs: number): Promise<Played> {
    return this.#perform(item, watchMs).catch((error: unknown) =>
      this.#told({ case: item, because: `the harness could not stage it: ${messageOf(error)}` }),
    );
  }

  async #perform(item: Case, watchMs: number): Promise<Played> {
    const { signal, onProgress } = this.#order;
    if (signal.aborted) return { case: item, because: INTERRUPTED };
    onProgress?.({ kind: 'begun', case: item });
    return this.#told({ case: item, trial: await runTrial(item, { ...this.#settings, watchMs }) });
  }

  #told(played: Played): Played {
    this.#done += 1;
    const result = this.#result(played, 'passed');
    this.#order.onProgress?.({ kind: 'judged', result, done: this.#done, total: this.#total });
    return played;
  }

  #passes(control: Played): boolean {
    return this.#result(control, 'passed').standing === 'right';
  }

  #result({ case: item, trial, because }: Played, controls: RunReport['controls']): CaseResult {
    const { ports, profile } = this.#order;
    const now = ports.clock();
    const judged =
      trial === undefined
        ? ({ standing: 'inconclusive', silent: false, because: because ?? '' } as const)
        : this.#judged(item, trial, controls);
    const known = profile.known[item.id];
    const isKnown = judged.standing === 'wrong' && known !== undefined && known.outcome === judged.outcome;
    return {
      ...judged,
      ...{ case: item, observation: trial?.observation ?? NOTHING, settled: trial?.settled ?? false },
      ...{ startedAt: trial?.startedAt ?? now, endedAt: trial?.endedAt ?? now, reproduce: ports.reproduce(item) },
      ...(isKnown ? { known: known.why } : {}),
    };
  }

  #judged(item: Case, { observation, settled }: Trial, controls: RunReport['controls']): Judged {
    const { reports } = this.#order.ports;
    return judge(item, observation, { controls, settled, reportsExpected: reports !== undefined });
  }

  #notApplicable(): readonly CaseResult[] {
    const left = this.#order.left.filter(({ case: item }) => item.id !== this.#order.control.id); // that one ran
    return left.map(({ case: item, because }) => ({
      ...this.#result({ case: item, because }, 'not-run'),
      standing: 'not-applicable',
    }));
  }

  #report(controls: RunReport['controls'], played: readonly Played[]): RunReport {
    const { ports, way, client, version, hosts, clockSeconds, madeBy } = this.#order;
    const results = [...played.map((each) => this.#result(each, controls)), ...this.#notApplicable()];
    return {
      ...{
        schema: 'assay.mitm.run/1',
        version,
        startedAt: this.#startedAt,
        endedAt: ports.clock(),
        hosts,
        way,
        client,
      },
      ...{ clockSeconds, reportsExpected: ports.reports !== undefined, ...madeBy },
      ...{ controls, results, summary: summarize(results) },
    };
  }
}

/** One port for all: one case at a time, each with its watch window. */
const isShared = ({ stage }: RunOrder): boolean => stage.port !== 0;

/** Servers that keep a client waiting go before all others. */
const patienceOf = ({ recipe, group }: Case): number =>
  recipe.raw?.kind === 'held' ? 2 : recipe.raw !== undefined || group === 'endurance' ? 1 : 0;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');
