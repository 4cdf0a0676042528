import { UpstreamError } from '@assay/core';
import { parseBase64url } from '@assay/formats';
import type { Role, WireEvidence } from '@assay/tokens/wire';
import type { AttestationAdapter, InstanceKey, KeyFirstAdapter, StatementFirstAdapter } from './adapter.ts';
import type { ClientCrypto } from './ports.ts';
import { bindingOf, type Saying, thumbprintOf } from './statement.ts';

/** What a client asks the server for. */
export type Purpose = 'enrol' | 'refresh' | 'rekey';

/** A key that the client has, with the platform key that speaks for it where there is one. */
export interface Instance {
  readonly key: InstanceKey;
  readonly jkt: string;
  /** Key id of A; Apple only. */
  readonly anchor?: string;
}

/** A statement together with the key that signs it and the evidence that commits to it. */
export interface Proof extends Instance {
  readonly statement: Uint8Array;
  readonly evidence: readonly WireEvidence[];
}

/**
 * The A that was made and is not attested yet. Apple asks to try again with the same one after an outage of its service:
 * every other new key raises the risk metric of the device.
 */
export interface SpareAnchor {
  readonly id: string | undefined;
  /** Notes it for later tries, or that there is none. */
  keep(id: string | undefined): Promise<void>;
}

/** What proving needs besides the platform. */
export interface ProofContext {
  readonly crypto: ClientCrypto;
  readonly spare: SpareAnchor;
  /** Makes S out of what the order of the platform's steps leaves open. */
  readonly say: (open: Pick<Saying, 'ev' | 'akid' | 'old'>) => Uint8Array;
}

const EMPTY = new Uint8Array(0);

/**
 * Makes statement and evidence in the order that the platform allows. `instance` is the registered one: it proves a
 * refresh, and is what a rekey replaces.
 */
export async function prove(
  adapter: AttestationAdapter,
  purpose: Purpose,
  instance: Instance | undefined,
  context: ProofContext,
): Promise<Proof> {
  if (purpose === 'enrol') return byNewKey(adapter, undefined, context);
  if (instance === undefined) throw new TypeError(`a ${purpose} without an instance`);
  if (purpose === 'rekey') return byNewKey(adapter, instance, context);
  return adapter.order === 'key_first'
    ? byAssertion(adapter, instance, undefined, context)
    : { ...instance, statement: context.say({ ev: [] }), evidence: [] };
}

async function byNewKey(adapter: AttestationAdapter, old: Instance | undefined, context: ProofContext): Promise<Proof> {
  if (adapter.order === 'statement_first') return byAttestedKey(adapter, old, context);
  const key = await adapter.createKey();
  try {
    return await byCreatedKey(adapter, key, old, context);
  } catch (error) {
    await adapter.removeKey(key.id);
    throw error;
  }
}

async function byCreatedKey(
  adapter: KeyFirstAdapter,
  key: InstanceKey,
  old: Instance | undefined,
  context: ProofContext,
): Promise<Proof> {
  const jkt = await thumbprintOf(key.jwk, context.crypto);
  // A new instance key under the A that is registered: attesting another A would only raise its risk metric at Apple.
  if (old?.anchor !== undefined) return await byAssertion(adapter, { key, jkt, anchor: old.anchor }, old, context);
  return await byNewAnchor(adapter, { key, jkt }, old, context);
}

/** The spare A, or a new one, which is noted first: whether the app ends, the call hangs or Apple is down, it is tried again. */
async function byNewAnchor(
  adapter: KeyFirstAdapter,
  instance: Omit<Instance, 'anchor'>,
  old: Instance | undefined,
  context: ProofContext,
): Promise<Proof> {
  const { spare } = context;
  const anchor = spare.id ?? (await adapter.createAnchor());
  const attest: Speak = (...call) => adapter.attest(...call);
  if (anchor !== spare.id) await spare.keep(anchor);
  try {
    const proof = await byAnchor(adapter.roles.attest, attest, { ...instance, anchor }, old, context);
    await spare.keep(undefined);
    return proof;
  } catch (error) {
    const isOutage = error instanceof UpstreamError && error.retryable;
    if (!isOutage) await spare.keep(undefined);
    throw error;
  }
}

/** Android: S first, since the call that makes K takes the binding. */
async function byAttestedKey(
  adapter: StatementFirstAdapter,
  old: Instance | undefined,
  { crypto, say }: ProofContext,
): Promise<Proof> {
  const role = adapter.roles.attest;
  const statement = say({ ev: [role], old: old?.jkt });
  const { key, evidence } = await adapter.attestNewKey(await bindingOf(role, { jkt: EMPTY, statement }, crypto));
  return { key, jkt: await thumbprintOf(key.jwk, crypto), statement, evidence: [evidence] };
}

function byAssertion(
  adapter: KeyFirstAdapter,
  instance: Instance,
  old: Instance | undefined,
  context: ProofContext,
): Promise<Proof> {
  return byAnchor(adapter.roles.assert, (...call) => adapter.assert(...call), instance, old, context);
}

type Speak = KeyFirstAdapter['assert'];

/** Apple: K and A exist, and the evidence by A names both. */
async function byAnchor(
  role: Role,
  speak: Speak,
  instance: Instance,
  old: Instance | undefined,
  { crypto, say }: ProofContext,
): Promise<Proof> {
  const { anchor = '' } = instance;
  const statement = say({ ev: [role], akid: anchor, old: old?.jkt });
  const bound = { jkt: parseBase64url(instance.jkt), anchor: parseBase64url(anchor), statement };
  const evidence = await speak(anchor, await bindingOf(role, bound, crypto));
  return { ...instance, statement, evidence: [evidence] };
}
