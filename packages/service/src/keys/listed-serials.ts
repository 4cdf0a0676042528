import type { KeyObject } from 'node:crypto';
import type { StatusList } from '@assay/evidence';
import { serialMark } from './hmac.ts';

interface Marked {
  readonly record: KeyObject;
  readonly serials: ReadonlySet<string>;
}

const memory = new WeakMap<StatusList, Map<string, Marked>>();

/** Serials of a status list as the records of an issuer keep them. Computed once for each list and record key. */
export function listedSerials(list: StatusList, iss: string, record: KeyObject): ReadonlySet<string> {
  const ofList = memory.get(list) ?? new Map<string, Marked>();
  memory.set(list, ofList);
  const known = ofList.get(iss);
  if (known?.record.equals(record)) return known.serials;
  const serials = new Set([...list.entries.keys()].map((serialHex) => serialMark(record, serialHex)));
  ofList.set(iss, { record, serials });
  return serials;
}
