import type { Case } from '../case.ts';
import { hostOf } from '../forge/index.ts';
import type { Connection, Observation } from '../observation.ts';
import type { StageOrder } from '../stage.ts';
import { fingerprintOf } from './fingerprint.ts';
import { markerOf, placeOf } from './place.ts';
import type { Place, RunPorts, RunWay, StageSettings } from './ports.ts';

/** What every scene of a run shares. */
export interface SceneSettings {
  readonly ports: Pick<RunPorts, 'forge' | 'openStage' | 'clock' | 'random' | 'reports' | 'offerPins'>;
  /** 16 hexadecimal digits, new in each run. */
  readonly run: string;
  readonly way: RunWay;
  readonly stage: StageSettings;
  readonly hostsOf: (item: Case) => { readonly host: string; readonly secondHost: string };
  /** Seconds by which the clocks of clients are off in every case, and with them the time of the certificates. */
  readonly clockSeconds: number;
}

/** One case's listener, and whatever stands beside it. */
export interface Scene {
  readonly place: Place;
  /** Notes which connections are open, before their client is killed: what its death closes, it has not refused. */
  freeze(): void;
  observed(): Observation;
  close(): Promise<void>;
}

export async function openScene(item: Case, settings: SceneSettings): Promise<Scene> {
  const { ports, way, stage: at, run, hostsOf } = settings;
  const { host, secondHost } = hostsOf(item);
  const marker = markerOf(run, item);
  // One server for both hosts: what a case's recipe says is about the first.
  const forged = await ports.forge(item.recipe, { host, at: ports.clock() + settings.clockSeconds * 1000 });
  const fingerprint = fingerprintOf(item, forged);
  const pins = await offerPins(item, ports);
  const reportUrl = ports.reports?.urlFor(item.id);
  const services = servicesOf([reportUrl, pins?.url]);
  const stage = await ports
    .openStage({
      ...{
        hosts: [...new Set([host, secondHost].map(hostOf))],
        forgedFor: () => forged,
        marker,
        others: 'refused',
        services,
      },
      ...{ address: at.address, port: at.port, clock: ports.clock, random: ports.random },
      ...(way === 'transparent' ? { unproxied: way } : {}),
      timeouts: { handshakeMs: at.handshakeMs, idleMs: at.idleMs },
    })
    .catch(async (error: unknown) => {
      await pins?.close();
      throw error;
    });
  const place: Place = {
    ...placeOf({ way, address: at.address, port: stage.port, marker, host, secondHost }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(reportUrl === undefined ? {} : { reportUrl }),
    ...(pins === undefined ? {} : { pinsUrl: pins.url }),
  };
  const frozen = new Set<number>();
  let closing: Promise<unknown> | undefined;
  return {
    place,
    freeze: () => {
      for (const { id, closed } of stage.connections()) if (closed === 'open') frozen.add(id);
    },
    observed: () => ({
      connections: stage.connections().map((each) => asFrozen(each, frozen)),
      reports: ports.reports?.reportsOf(item.id) ?? [],
      ...pins?.served(),
      services: [reportUrl, pins?.url].flatMap((url) => (url === undefined ? [] : [new URL(url).host])),
      ...(item.steps.includes('second-host') ? { secondHost: hostOf(secondHost) } : {}),
    }),
    async close() {
      closing ??= Promise.all([stage.close(), pins?.close()]);
      await closing;
    },
  };
}

/** The harness' own services by host: a proxied client reaches them through its case's listener, and that is no leak. */
function servicesOf(urls: readonly (string | undefined)[]): NonNullable<StageOrder['services']> {
  const known = urls.filter((url) => url !== undefined).map((url) => new URL(url));
  return new Map(known.map(({ host, port }) => [host, { address: '127.0.0.1', port: Number(port) }]));
}

/** Its end came from our side, whatever the wire says; what it sent before stays. */
function asFrozen(connection: Connection, frozen: ReadonlySet<number>): Connection {
  return frozen.has(connection.id) ? { ...connection, closed: 'open' } : connection;
}

async function offerPins({ pinSet }: Case, { offerPins: offer, clock }: Pick<RunPorts, 'offerPins' | 'clock'>) {
  if (pinSet === undefined || offer === undefined) return undefined;
  let at: number | undefined;
  const service = await offer(pinSet, () => {
    at ??= clock();
  });
  return { ...service, served: () => (at === undefined ? {} : { pinsServedAt: at }) };
}
