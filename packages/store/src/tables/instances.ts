import { type AttestStore, completeFacts, type Instance, type InstanceStatus, type StoredFacts } from '@assay/core';
import { changesOne, type Driver, type Session } from '../driver.ts';
import { integer, json, oneOf, type Row, text, textOrNull } from '../values.ts';

export const INSTANCE_SQL = {
  insert: `insert into instance (iss, jkt, app, format, attested_key, attested_spki, lineage, status, counter,
      environment, vat, fat, created_at, reporters, facts)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    on conflict do nothing returning jkt`,
  claimKey: `insert into attested_key (iss, app, format, attested_key, lineage) values ($1, $2, $3, $4, $5)
    on conflict do nothing returning lineage`,
  keyLineage: `select lineage from attested_key where iss = $1 and app = $2 and format = $3 and attested_key = $4`,
  insertSerial: `insert into instance_serial (iss, serial_hmac, jkt) values ($1, $2, $3) on conflict do nothing`,
  byJkt: 'select * from instance where iss = $1 and jkt = $2',
  serials: 'select serial_hmac from instance_serial where iss = $1 and jkt = $2 order by serial_hmac',
  setStatus: 'update instance set status = $3 where iss = $1 and jkt = $2',
  bySerial: `select i.jkt from instance_serial s join instance i on i.iss = s.iss and i.jkt = s.jkt
    where s.iss = $1 and s.serial_hmac = $2 and i.status = 'active' order by i.jkt`,
} as const;

const STATUSES: readonly InstanceStatus[] = ['active', 'superseded', 'revoked', 'banned'];

export type Instances = Pick<AttestStore, 'instance' | 'setInstanceStatus' | 'instancesBySerial'>;

export function createInstances(driver: Driver): Instances {
  const { committed } = driver;
  return {
    instance: (iss, jkt) => findInstance(committed, iss, jkt),
    setInstanceStatus: (iss, jkt, status) => changesOne(driver, INSTANCE_SQL.setStatus, [iss, jkt, status]),
    instancesBySerial: async (iss, serialHmac) =>
      (await committed.query(INSTANCE_SQL.bySerial, [iss, serialHmac])).map((row) => text(row, 'jkt')),
  };
}

export async function findInstance(session: Session, iss: string, jkt: string): Promise<Instance | undefined> {
  const [row] = await session.query(INSTANCE_SQL.byJkt, [iss, jkt]);
  if (row === undefined) return undefined;
  const serials = await session.query(INSTANCE_SQL.serials, [iss, jkt]);
  return toInstance(
    row,
    serials.map((serial) => text(serial, 'serial_hmac')),
  );
}

/** False when the thumbprint is taken. */
export async function insertInstance(session: Session, i: Instance): Promise<boolean> {
  const { iss, jkt, app, format, attestedKey, attestedSpki, lineage, status, counter, environment } = i;
  const inserted = await session.query(INSTANCE_SQL.insert, [
    ...[iss, jkt, app, format, attestedKey, attestedSpki, lineage, status, counter, environment],
    ...[i.vat, i.fat, i.createdAt, JSON.stringify(i.reporters), JSON.stringify(i.facts)],
  ]);
  if (inserted.length === 0) return false;
  for (const serial of i.serialHmacs) await session.execute(INSTANCE_SQL.insertSerial, [iss, serial, jkt]);
  return true;
}

/** Takes the attested key for this lineage; false when it has been taken before. */
export async function claimKey(session: Session, i: Instance): Promise<boolean> {
  const values = [i.iss, i.app, i.format, i.attestedKey, i.lineage];
  return (await session.query(INSTANCE_SQL.claimKey, values)).length === 1;
}

/** True when the attested key belongs to the instance's own lineage. */
export async function ownsKey(session: Session, i: Instance): Promise<boolean> {
  const [row] = await session.query(INSTANCE_SQL.keyLineage, [i.iss, i.app, i.format, i.attestedKey]);
  return row !== undefined && text(row, 'lineage') === i.lineage;
}

function toInstance(row: Row, serialHmacs: readonly string[]): Instance {
  return {
    iss: text(row, 'iss'),
    jkt: text(row, 'jkt'),
    app: text(row, 'app'),
    format: text(row, 'format'),
    attestedKey: text(row, 'attested_key'),
    attestedSpki: text(row, 'attested_spki'),
    lineage: text(row, 'lineage'),
    status: oneOf(row, 'status', STATUSES),
    counter: integer(row, 'counter'),
    environment: textOrNull(row, 'environment'),
    vat: integer(row, 'vat'),
    fat: integer(row, 'fat'),
    createdAt: integer(row, 'created_at'),
    serialHmacs,
    reporters: json(row, 'reporters'),
    facts: completeFacts(json<StoredFacts>(row, 'facts')),
  };
}
