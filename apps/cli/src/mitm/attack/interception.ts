import { createLab, openStage } from '@assay/mitm';
import type { Captured, Forward, Tamper } from '@assay/mitm/attacks';
import { random } from '../../up/random.ts';

/** A proxy in front of the client: it forges certificates that the client trusts, and holds every exchange in plain text. */
export interface Interception {
  readonly port: number;
  /** PEM of the authority that the client is made to trust. */
  readonly authority: string;
  readonly seen: readonly Captured[];
  tampering<T>(tamper: Tamper, act: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const TIMEOUTS = { handshakeMs: 10_000, idleMs: 10_000 };

/** Opens the proxy on loopback for these hosts. What nobody tampers with is forwarded as it is. */
export async function openInterception(forward: Forward, hosts: readonly string[]): Promise<Interception> {
  const lab = createLab({ clock: Date.now, random, hosts });
  const forged = new Map<string, Awaited<ReturnType<typeof lab.forge>>>();
  for (const host of hosts) forged.set(host, await lab.forge({}, { host, at: Date.now() }));
  const seen: Captured[] = [];
  let tamper: Tamper = (request, pass) => pass(request);
  const stage = await openStage({
    ...{ hosts, marker: 'assay', others: 'refused', address: '127.0.0.1', port: 0, timeouts: TIMEOUTS },
    ...{ clock: Date.now, random },
    forgedFor: (host) => forged.get(host) ?? missing(host),
    answer: async ({ host, method, path, headers, body }) => {
      const request = { host, method, target: path, headers, body };
      const answer = await tamper(request, forward);
      seen.push({ request, answer });
      return answer;
    },
  });
  return {
    ...{ port: stage.port, authority: lab.authority.pem, seen },
    async tampering(wanted, act) {
      const before = tamper;
      tamper = wanted;
      try {
        return await act();
      } finally {
        tamper = before;
      }
    },
    close: () => stage.close(),
  };
}

function missing(host: string): never {
  throw new TypeError(`no certificate was made for ${host}`);
}
