/** An attacker with many addresses: forged enrolments at a rate, whatever the answers are. */
import { serveTasks } from '../parts/child.ts';
import { type Connection, openConnection } from '../parts/connection.ts';

interface Flood {
  readonly port: number;
  readonly requests: readonly Uint8Array[];
  readonly perSecond: number;
  readonly milliseconds: number;
}

interface Outcome {
  readonly sent: number;
  readonly statuses: Readonly<Record<string, number>>;
}

const CONNECTIONS = 512;
const TICK_MS = 5;

/** Sends what is due at each tick over connections that are idle; what finds none idle is lost, as behind a full link. */
async function flood({ port, requests, perSecond, milliseconds }: Flood): Promise<Outcome> {
  const idle = Array.from({ length: CONNECTIONS }, (_, at) =>
    openConnection(port, `127.${1 + (at >> 7)}.${at & 127}.1`),
  );
  const statuses: Record<string, number> = {};
  const started = performance.now();
  let [due, sent] = [0, 0];
  const post = async (connection: Connection, request: Uint8Array): Promise<void> => {
    const status = await connection.send(request).then(
      (answer) => String(answer.status),
      () => 'hung up',
    );
    statuses[status] = (statuses[status] ?? 0) + 1;
    idle.unshift(connection);
  };
  for (let elapsed = 0; elapsed < milliseconds; elapsed = performance.now() - started) {
    for (; due < (elapsed * perSecond) / 1_000; due += 1) {
      const connection = idle.pop();
      const request = requests[due % requests.length];
      if (connection === undefined || request === undefined) continue;
      sent += 1;
      void post(connection, request);
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  for (const connection of idle) connection.close();
  return { sent, statuses };
}

serveTasks({ flood }, async () => {});
