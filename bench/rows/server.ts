import { generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { startPostgres } from '../../tools/postgres/start.ts';
import { speed } from '../measure.ts';
import { type AttestServer, startAttestServer } from '../parts/attest-server.ts';
import { openConnection, sendAll } from '../parts/connection.ts';
import { createPhone, type Platform, prepare } from '../parts/phones.ts';
import { importPublicKey } from '../parts/public-key.ts';
import { notMeasured, perSecond, type Row } from '../row.ts';

const PHONES = 1_200;
/** Until the engine has compiled what it will, as in every other row. */
const WARM_UP = 2_400;
/** So that no network is over its budget for enrolments. */
const NETWORKS = 24;
/** Sent at once, and how often: within the app's budget, on a machine that could serve more. CPU time does not see the pauses. */
const AT_ONCE = 90;
const EVERY_MS = 250;

/**
 * Enrolments over HTTP, each by a phone of its own, against the signature operations in them by themselves: as many per CPU
 * second of the server. Test roots are P-256 throughout; with Apple's P-384 intermediate both would be slower.
 */
export async function bench(): Promise<readonly Row[]> {
  return [...(await onSqlite()), ...(await onPostgres())];
}

const onSqlite = (): Promise<Row[]> => onStore('SQLite', {}, 0.6);

async function onPostgres(): Promise<Row[]> {
  const postgres = await startPostgres({ durable: true }).catch((error: unknown) => String(error));
  if (typeof postgres === 'string') return [notMeasured('enrolments on PostgreSQL', postgres)];
  try {
    const { host, user } = postgres.connection;
    const url = `postgres://${user}@${encodeURIComponent(host)}/postgres`;
    return await onStore('PostgreSQL', { DATABASE_URL: url }, undefined);
  } finally {
    await postgres.stop();
  }
}

async function onStore(store: string, env: Readonly<Record<string, string>>, bar: number | undefined): Promise<Row[]> {
  const server = await startAttestServer(env);
  try {
    const rows: Row[] = [];
    for (const platform of ['android', 'ios'] as const) {
      await enrol(server, platform, WARM_UP);
      const bound = await speed(signatureWork());
      const { perCpuSecond } = await enrol(server, platform, PHONES);
      const ratio = perCpuSecond / bound;
      const found = `${ratio.toFixed(2)}  ${perSecond(perCpuSecond)} of CPU time`;
      const name = `enrolments on ${store}, ${platform}`;
      rows.push(
        bar === undefined ? { name, found } : { name, found, bar: `≥ ${bar} of its signatures`, holds: ratio >= bar },
      );
    }
    return rows;
  } finally {
    await server.stop();
  }
}

async function enrol(server: AttestServer, platform: Platform, phones: number) {
  const challenges = await server.challenges(Array.from({ length: phones }, () => undefined));
  const requests = await Promise.all(
    challenges.map((challenge) => prepare(createPhone(platform), server.iss, 'enrol', challenge)),
  );
  const connections = Array.from({ length: NETWORKS }, (_, at) => openConnection(server.port, `127.${at}.1.1`));
  const before = await server.usage();
  const accepted = await sendPaced(requests, connections);
  const after = await server.usage();
  for (const connection of connections) connection.close();
  if (accepted !== phones) throw new Error(`${accepted} of ${phones} enrolments were accepted`);
  return { perCpuSecond: (phones * 1e6) / (after.cpu - before.cpu) };
}

async function sendPaced(requests: Parameters<typeof sendAll>[0], to: Parameters<typeof sendAll>[1]): Promise<number> {
  let accepted = 0;
  for (let from = 0; from < requests.length; from += AT_ONCE) {
    const next = pause(EVERY_MS);
    const statuses = await sendAll(requests.slice(from, from + AT_ONCE), to);
    accepted += statuses.get(200) ?? 0;
    await next;
  }
  return accepted;
}

/**
 * What one enrolment signs and verifies on either platform, once the issuers are remembered: the request by a key that was
 * never seen, the leaf by its issuer; then reply and token are signed.
 */
function signatureWork(): () => void {
  const [phone, issuer] = [keyPair(), keyPair()];
  const data = Buffer.alloc(512, 7);
  const [byPhone, byIssuer] = [sign('sha256', data, phone.privateKey), sign('sha256', data, issuer.privateKey)];
  const spki = phone.publicKey.export({ format: 'der', type: 'spki' });
  return () => {
    verify('sha256', data, importPublicKey(spki), byPhone);
    verify('sha256', data, issuer.publicKey, byIssuer);
    sign('sha256', data, issuer.privateKey);
    sign('sha256', data, issuer.privateKey);
  };
}

function keyPair(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}
