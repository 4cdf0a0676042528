import type { Connection, openStage, Stage, StageOrder } from '@assay/mitm';

/** A case's stage that can begin anew, as often as a person wants to see the case again. */
export interface CaseStage extends Stage {
  /** Ends its connections and waits for others. What leaked before stays: a leak is proof, however often one tries again. */
  repeat(): Promise<void>;
  /** Resolves when it is closed, and its connections with it. */
  readonly closed: Promise<void>;
}

export const hasData = ({ applicationBytes, requests }: Connection): boolean =>
  applicationBytes > 0 || requests.length > 0;

/** `open` opens each attempt; all are heard by the order's listener. */
export async function openCaseStage(
  order: StageOrder,
  open: typeof openStage,
  opened: (stage: Stage) => void,
): Promise<CaseStage> {
  const kept: Connection[] = [];
  let now = await open(order);
  opened(now);
  let tellClosed = (): void => {};
  const closed = new Promise<void>((resolve) => {
    tellClosed = resolve;
  });
  const connections = (): readonly Connection[] => {
    const from = Math.max(-1, ...kept.map(({ id }) => id)) + 1;
    return [...kept, ...now.connections().map((each) => ({ ...each, id: each.id + from }))];
  };
  return {
    ...{ closed, connections },
    get port() {
      return now.port;
    },
    get udp() {
      return now.udp;
    },
    async repeat() {
      const last = now;
      await last.close();
      const leaked = connections().filter(hasData);
      now = await open(order);
      kept.splice(0, kept.length, ...leaked);
      opened(now);
    },
    async close() {
      await now.close();
      tellClosed();
    },
  };
}
