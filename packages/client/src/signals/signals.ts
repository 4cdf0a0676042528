import type { Clock, Fetch } from '@assay/core';
import type { StatementSignal } from '@assay/tokens/wire';
import type { AttestationAdapter } from '../adapter.ts';
import type { ClientEvent } from '../events.ts';
import type { ClientCode } from '../reasons.ts';
import type { Watch } from '../watchdog.ts';
import { Collector } from './collector.ts';
import { fitting, toStatementSignal } from './fit.ts';
import { OWN_PROVIDER, OwnSignals } from './own.ts';
import type { SignalSource } from './source.ts';

export interface SignalOptions {
  readonly sources: readonly SignalSource[];
  readonly platform: AttestationAdapter['platform'];
  readonly clock: Clock;
  readonly wallClock: Clock | undefined;
  readonly isPinFailure: ((error: unknown) => boolean) | undefined;
  readonly watch: Watch;
  readonly report: (event: ClientEvent) => void;
}

/** What the app sees of its surroundings, gathered for one statement after another. */
export interface ClientSignals {
  /** The same calls; those to pinned hosts that fail by their pins are noted. */
  watching(fetch: Fetch): Fetch;
  /** Says which hosts are pinned; none before. */
  pinnedBy(isPinned: (hostname: string) => boolean): void;
  /** As {@link OwnSignals.say}, with what the sources say. Never rejects. */
  say(
    serverTime: number,
    isKeyInSoftware: boolean | undefined,
  ): Promise<{ readonly signals: readonly StatementSignal[]; readonly heard: () => void }>;
}

/** Platforms that the client's own signals are known of. */
const OWN_PLATFORMS: readonly string[] = ['android', 'ios'];

export function createClientSignals(options: SignalOptions): ClientSignals {
  const { sources, platform, clock, watch, report } = options;
  const own = new OwnSignals(options);
  const code: ClientCode = 'client.signals_missing';
  const collector = new Collector(sources, {
    ...{ clock, watch },
    report: (name) => report({ about: 'signals', code, name }),
  });
  let isPinned = (_hostname: string): boolean => false;
  return {
    watching: (fetch) => async (request) => {
      try {
        return await fetch(request);
      } catch (error) {
        if (isPinned(new URL(request.url).hostname)) own.noteFailure(error);
        throw error;
      }
    },
    pinnedBy: (judge) => {
      isPinned = judge;
    },
    async say(serverTime, isKeyInSoftware) {
      const collected = await collector.collect();
      const { signals, heard } = own.say(serverTime, isKeyInSoftware);
      const ours = OWN_PLATFORMS.includes(platform) ? signals : [];
      const said = ours.map((each) => toStatementSignal(OWN_PROVIDER, each)).filter((each) => each !== undefined);
      return { signals: fitting([...said, ...collected]), heard };
    },
  };
}
