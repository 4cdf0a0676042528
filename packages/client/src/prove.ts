import { UpstreamError } from '@assay/core';
import { parseBase64url } from '@assay/formats';
import { type Role, roleRow, type WireEvidence } from '@assay/tokens/wire';
import type {
  AttestationAdapter,
  Companion,
  InstanceKey,
  KeyFirstAdapter,
  SoftwareKeyAdapter,
  StatementFirstAdapter,
} from './adapter.ts';
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
  switch (adapter.order) {
    case 'key_first':
      return byAssertion(adapter, instance, undefined, context);
    case 'statement_first':
      return byKnownKey(adapter, instance, context);
    case 'software_key':
      return adapter.comes === 'always'
        ? byToken(adapter, instance, { comes: 'always', old: undefined }, context)
        : byKnownKey(adapter, instance, context);
  }
}

async function byNewKey(adapter: AttestationAdapter, old: Instance | undefined, context: ProofContext): Promise<Proof> {
  if (adapter.order === 'statement_first') return byAttestedKey(adapter, old, context);
  const key = await adapter.createKey();
  return leavingNoKey(adapter, key, async () =>
    adapter.order === 'key_first'
      ? await byCreatedKey(adapter, key, old, context)
      : await byToken(adapter, await instanceOf(key, context), { comes: 'new_key', old }, context),
  );
}

async function instanceOf(key: InstanceKey, { crypto }: ProofContext): Promise<Instance> {
  return { key, jkt: await thumbprintOf(key.jwk, crypto) };
}

/** Nobody would ever ask for a key whose evidence could not be made. */
async function leavingNoKey<T>(adapter: AttestationAdapter, key: InstanceKey, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
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
    const proof = await byAnchor(
      adapter.roles.attest,
      attest,
      companionsFor(adapter, 'new_key'),
      { ...instance, anchor },
      old,
      context,
    );
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
  const companions = companionsFor(adapter, 'new_key');
  const statement = say({ ev: [role, ...rolesOf(companions)], old: old?.jkt });
  const made = await adapter.attestNewKey(await bindingOf(role, { jkt: EMPTY, statement }, crypto));
  return leavingNoKey(adapter, made.key, async () => {
    const jkt = await thumbprintOf(made.key.jwk, crypto);
    const anchor = made.leaf === undefined ? undefined : await crypto.sha256(made.leaf);
    const more = await collected(companions, { jkt: parseBase64url(jkt), anchor, statement }, crypto);
    return { key: made.key, jkt, statement, evidence: [made.evidence, ...more] };
  });
}

/** The signature of a known key is its proof; what comes beside it tells how the device is now. */
async function byKnownKey(
  adapter: StatementFirstAdapter | SoftwareKeyAdapter,
  instance: Instance,
  { crypto, say }: ProofContext,
): Promise<Proof> {
  const companions = companionsFor(adapter, 'always');
  const statement = say({ ev: rolesOf(companions) });
  const bound = { jkt: parseBase64url(instance.jkt), anchor: EMPTY, statement };
  return { ...instance, statement, evidence: await collected(companions, bound, crypto) };
}

/** A token that names K, new or known. */
async function byToken(
  adapter: SoftwareKeyAdapter,
  instance: Instance,
  { comes, old }: { readonly comes: Companion['comes']; readonly old: Instance | undefined },
  { crypto, say }: ProofContext,
): Promise<Proof> {
  const role = adapter.roles.attest;
  const companions = companionsFor(adapter, comes);
  const statement = say({ ev: [role, ...rolesOf(companions)], old: old?.jkt });
  const bound = { jkt: parseBase64url(instance.jkt), anchor: EMPTY, statement };
  const evidence = await adapter.attest(await bindingOf(role, bound, crypto));
  return { ...instance, statement, evidence: [evidence, ...(await collected(companions, bound, crypto))] };
}

/** Those that come with a statement: with a new key all of them. */
function companionsFor({ companions = [] }: AttestationAdapter, comes: Companion['comes']): readonly Companion[] {
  return comes === 'new_key' ? companions : companions.filter((each) => each.comes === 'always');
}

const rolesOf = (companions: readonly Companion[]): readonly Role[] => companions.map(({ role }) => role);

interface Bound {
  readonly jkt: Uint8Array;
  /** Digest of the certificate of K, empty where none comes with the statement. Undefined: the platform did not tell. */
  readonly anchor: Uint8Array | undefined;
  readonly statement: Uint8Array;
}

/** One after another: a phone's services do not like to be asked at once. */
async function collected(
  companions: readonly Companion[],
  { anchor, ...bound }: Bound,
  crypto: ClientCrypto,
): Promise<readonly WireEvidence[]> {
  const evidence: WireEvidence[] = [];
  for (const companion of companions) {
    const { role } = companion;
    if (anchor === undefined && roleRow(role).anchor === 'attested_leaf') {
      throw new TypeError(`${role} names the certificate of the key, and the platform's adapter gave none`);
    }
    evidence.push(await companion.collect(await bindingOf(role, { ...bound, anchor: anchor ?? EMPTY }, crypto)));
  }
  return evidence;
}

function byAssertion(
  adapter: KeyFirstAdapter,
  instance: Instance,
  old: Instance | undefined,
  context: ProofContext,
): Promise<Proof> {
  const companions = companionsFor(adapter, old === undefined ? 'always' : 'new_key');
  return byAnchor(adapter.roles.assert, (...call) => adapter.assert(...call), companions, instance, old, context);
}

type Speak = KeyFirstAdapter['assert'];

/** Apple: K and A exist, and the evidence by A names both. */
async function byAnchor(
  role: Role,
  speak: Speak,
  companions: readonly Companion[],
  instance: Instance,
  old: Instance | undefined,
  { crypto, say }: ProofContext,
): Promise<Proof> {
  const { anchor = '' } = instance;
  const statement = say({ ev: [role, ...rolesOf(companions)], akid: anchor, old: old?.jkt });
  const bound = { jkt: parseBase64url(instance.jkt), statement };
  const binding = await bindingOf(role, { ...bound, anchor: parseBase64url(anchor) }, crypto);
  // Before the call by A: a key can be attested once, and would be lost with a companion that fails.
  const more = await collected(companions, { ...bound, anchor: EMPTY }, crypto);
  return { ...instance, statement, evidence: [await speak(anchor, binding), ...more] };
}
