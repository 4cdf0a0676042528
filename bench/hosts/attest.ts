/** The whole server as `assay serve` runs it, with test roots and one registered app. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createServer, loadConfig, type Server } from '@assay/server';
import { makeChallenge, type Service } from '@assay/service';
import { serveTasks } from '../parts/child.ts';
import { APP, AUDIENCE } from '../parts/phones.ts';

interface Settings {
  readonly data: string;
  readonly testRoots: string;
  readonly port: number;
}

let server: Server | undefined;
const turns = monitorEventLoopDelay({ resolution: 5 });

/** Starts it; `DATABASE_URL` decides about the store. Gives the issuer. */
async function start({ data, testRoots, port }: Settings): Promise<string> {
  const origin = `http://127.0.0.1:${port}`;
  const listeners = { listen: `127.0.0.1:${port}`, adminListen: `127.0.0.1:${port + 1}` };
  const environments = [{ tenant: 'bench', name: 'dev', kind: 'development' }];
  const flags = { origin, data, testRoots, environments, ...listeners, logLevel: 'error' };
  const databaseUrl = process.env['DATABASE_URL'];
  const config = loadConfig({ ...flags, ...(databaseUrl === undefined ? {} : { databaseUrl }) }, {}, {});
  server = await createServer(config, { clock: Date.now, talk: () => {} });
  await server.listen();
  const [iss = ''] = server.service.issuers.keys();
  await register(server.service, iss);
  return iss;
}

async function register({ store, registry }: Service, iss: string): Promise<void> {
  const put = (kind: 'app' | 'api', id: string, document: object) =>
    store.register(iss, kind, id, JSON.stringify(document), 0, Date.now());
  await put('api', AUDIENCE, { audience: AUDIENCE, label: 'API' });
  await put('app', APP.package, {
    ...{ id: APP.package, label: 'Bank', audiences: [AUDIENCE], apple: { appIds: [APP.appleId] } },
    android: { packages: [{ name: APP.package, signers: [{ sha256: APP.signer, label: 'bench' }] }] },
  });
  registry.forget();
}

/** Challenges for the instances named, or for so many enrolments; what a phone would fetch before it is measured. */
async function challenges({ jkts }: { readonly jkts: readonly (string | undefined)[] }): Promise<string[]> {
  const { service } = running();
  const [issuer] = service.issuers.values();
  if (issuer === undefined) throw new Error('a server without an issuer');
  const answers = jkts.map((jkt) => makeChallenge(service, issuer, { app: APP.package, jkt }));
  return (await Promise.all(answers)).map(({ attestation_challenge }) => attestation_challenge);
}

/** Rows that rejections have left behind. */
async function rejections(): Promise<{ counts: number; samples: number }> {
  const { service } = running();
  await service.rejections.flush();
  const [iss = ''] = service.issuers.keys();
  const counts = await service.store.rejectionCounts(iss, 0);
  const samples = await service.store.rejectionSamples(iss, 1_000);
  return { counts: counts.length, samples: samples.length };
}

/** Milliseconds of the longest turn of the event loop since this was asked last. */
function longestTurn(): number {
  const longest = turns.max / 1e6;
  turns.enable();
  turns.reset();
  return longest;
}

function running(): Server {
  if (server === undefined) throw new Error('the server was not started');
  return server;
}

serveTasks({ start, challenges, rejections, longestTurn }, async () => server?.stop());
