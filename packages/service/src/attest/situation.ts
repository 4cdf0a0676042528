import type { Instance } from '@assay/core';
import type { VerifiedRequest } from '@assay/tokens';
import type { Service } from '../context.ts';
import { fault } from '../fault.ts';
import type { Issuer } from '../issuers.ts';
import type { IssuerKeys } from '../keys/issuer-keys.ts';
import type { AppDocument } from '../registry/documents.ts';

/** What came with the connection and not with the request. */
export interface Caller {
  /** Client address, kept only as an HMAC under a daily key. */
  readonly address: string | undefined;
  /** Milliseconds that reading the request took. */
  readonly parseMs?: number;
}

/** What every decision is made in, whatever protocol its message speaks. */
export interface Scene {
  readonly service: Service;
  readonly issuer: Issuer;
  readonly keys: IssuerKeys;
  readonly app: AppDocument;
  readonly caller: Caller;
  /** What the client says it is built with. */
  readonly sdk: string;
  /** The clock of this decision. */
  readonly at: number;
}

/** Everything known about one request before its evidence is looked at. */
export interface Situation extends Scene {
  readonly request: VerifiedRequest;
}

/** The instances that a request rests on. */
export interface Known {
  /** The instance of K, where the purpose needs one: active, and of this app. */
  readonly instance: Instance | undefined;
  /** The instance that a rekey replaces: active, and of this app. */
  readonly old: Instance | undefined;
}

/** The instance that must be there. @throws EvidenceError `service.instance_unknown`, `service.instance_revoked` */
export async function activeInstance(service: Service, iss: string, app: string, jkt: string): Promise<Instance> {
  return assertActive(await service.store.instance(iss, jkt), app);
}

function assertActive(instance: Instance | undefined, app: string): Instance {
  if (instance === undefined || instance.app !== app) throw fault('service.instance_unknown');
  assertNotEnded(instance);
  return instance;
}

/** @throws EvidenceError `service.instance_revoked` */
export function assertNotEnded({ status }: Instance): void {
  if (status !== 'active') throw fault('service.instance_revoked', { found: status });
}

/** The instance of the key that asks, if there is one yet. @throws EvidenceError `service.instance_revoked` */
export async function ownInstance(
  service: Service,
  iss: string,
  { jkt }: VerifiedRequest,
): Promise<Instance | undefined> {
  const own = await service.store.instance(iss, jkt);
  if (own !== undefined) assertNotEnded(own);
  return own;
}

/** Reads the instances that a purpose rests on. @throws EvidenceError as {@link activeInstance} */
export async function findInstances(
  service: Service,
  iss: string,
  { statement }: VerifiedRequest,
  own: Instance | undefined,
): Promise<Known> {
  const { purpose, app, old } = statement;
  const known = purpose === 'refresh' || purpose === 'step_up';
  return {
    instance: known ? assertActive(own, app) : undefined,
    old: old === undefined ? undefined : await activeInstance(service, iss, app, old),
  };
}
