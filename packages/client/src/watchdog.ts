import { ConfigError, UpstreamError } from '@assay/core';
import type {
  AttestationAdapter,
  InstanceKey,
  KeyFirstAdapter,
  SoftwareKeyAdapter,
  StatementFirstAdapter,
} from './adapter.ts';
import type { ClientCrypto, SecureStorage, Timer } from './ports.ts';
import { CLIENT_REASONS, type ClientCode } from './reasons.ts';

/** Bounds of `platformTimeoutMs`: less would give up calls that are only slow, more would look like an app that hangs. */
export const PLATFORM_TIMEOUT = { min: 1_000, standard: 30_000, max: 600_000 } as const;

/**
 * Ends the wait for a call that never returns, as calls into a key store or an attestation service sometimes do not. The call
 * itself cannot be ended; `late` is given what it comes to after all.
 *
 * @throws UpstreamError `client.platform_timeout`, retryable
 */
export type Watch = <T>(call: () => Promise<T>, late?: (value: T) => unknown) => Promise<T>;

/** Timers of the runtime, which every engine has that can run an app. */
export const RUNTIME_TIMER: Timer = (milliseconds, callback) => {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
};

/** @throws ConfigError `client.options_invalid` */
export function createWatch(timer: Timer = RUNTIME_TIMER, timeoutMs: number = PLATFORM_TIMEOUT.standard): Watch {
  assertTimeout(timeoutMs);
  return (call, late) =>
    new Promise((resolve, reject) => {
      let isOver = false;
      const cancel = timer(timeoutMs, () => {
        isOver = true;
        reject(timedOut(timeoutMs));
      });
      const started = (async () => call())(); // one that throws at once rejects like the others
      started.then((value) => (isOver ? late?.(value) : resolve(value)), reject).finally(cancel);
    });
}

function assertTimeout(timeoutMs: number): void {
  const { min, max } = PLATFORM_TIMEOUT;
  if (Number.isSafeInteger(timeoutMs) && timeoutMs >= min && timeoutMs <= max) return;
  const { code, summary, hint } = CLIENT_REASONS['client.options_invalid'];
  throw new ConfigError(code, `platformTimeoutMs: ${summary}`, { expected: `${min} to ${max}`, hint });
}

function timedOut(timeoutMs: number): UpstreamError {
  const { code, summary, hint } = CLIENT_REASONS['client.platform_timeout'];
  return new UpstreamError(code, summary, true, { expected: `an answer within ${timeoutMs} ms`, hint });
}

export function isTimeout(error: unknown): boolean {
  const code: ClientCode = 'client.platform_timeout';
  return error instanceof UpstreamError && error.code === code;
}

/** The adapter with every call watched, and the keys that it hands out too. */
export function watchedAdapter(adapter: AttestationAdapter, watch: Watch): AttestationAdapter {
  switch (adapter.order) {
    case 'key_first':
      return keyFirst(adapter, watch);
    case 'statement_first':
      return statementFirst(adapter, watch);
    case 'software_key':
      return softwareKey(adapter, watch);
  }
}

function keyFirst(adapter: KeyFirstAdapter, watch: Watch): KeyFirstAdapter {
  const { order, platform, os, roles } = adapter;
  return {
    ...{ order, platform, os, roles, ...keeper(adapter, watch) },
    createKey: () => createKey(adapter, watch),
    createAnchor: () => watch(() => adapter.createAnchor()),
    attest: (anchor, binding) => watch(() => adapter.attest(anchor, binding)),
    assert: (anchor, binding) => watch(() => adapter.assert(anchor, binding)),
  };
}

function statementFirst(adapter: StatementFirstAdapter, watch: Watch): StatementFirstAdapter {
  const { order, platform, os, roles } = adapter;
  return {
    ...{ order, platform, os, roles, ...keeper(adapter, watch) },
    attestNewKey: async (binding) => {
      const made = await watch(
        () => adapter.attestNewKey(binding),
        (late) => removeQuietly(adapter, late.key),
      );
      return { ...made, key: watchedKey(made.key, watch) };
    },
  };
}

function softwareKey(adapter: SoftwareKeyAdapter, watch: Watch): SoftwareKeyAdapter {
  const { order, platform, os, roles, comes } = adapter;
  return {
    ...{ order, platform, os, roles, comes, ...keeper(adapter, watch) },
    createKey: () => createKey(adapter, watch),
    attest: (binding) => watch(() => adapter.attest(binding)),
  };
}

async function createKey(adapter: KeyFirstAdapter | SoftwareKeyAdapter, watch: Watch): Promise<InstanceKey> {
  const key = await watch(
    () => adapter.createKey(),
    (late) => removeQuietly(adapter, late),
  );
  return watchedKey(key, watch);
}

type Keeper = Pick<AttestationAdapter, 'findKey' | 'removeKey' | 'companions'>;

function keeper(adapter: AttestationAdapter, watch: Watch): Keeper {
  const companions = adapter.companions?.map((companion) => {
    return { ...companion, collect: (binding: string) => watch(() => companion.collect(binding)) };
  });
  return {
    ...(companions === undefined ? {} : { companions }),
    findKey: async (id) => {
      const key = await watch(() => adapter.findKey(id));
      return key === undefined ? undefined : watchedKey(key, watch);
    },
    removeKey: (id) => watch(() => adapter.removeKey(id)),
  };
}

/** A key that came too late was never noted, so nobody else will remove it. Whether it can be is nobody's concern either. */
async function removeQuietly(adapter: AttestationAdapter, { id }: InstanceKey): Promise<void> {
  try {
    await adapter.removeKey(id);
  } catch {
    // left over, and of no use to anybody
  }
}

function watchedKey({ sign, ...key }: InstanceKey, watch: Watch): InstanceKey {
  return { ...key, sign: (bytes) => watch(async () => sign(bytes)) };
}

/** The keychain or keystore may hang as the rest of the platform does. */
export function watchedStorage(storage: SecureStorage, watch: Watch): SecureStorage {
  return {
    get: (name) => watch(() => storage.get(name)),
    set: (name, value) => watch(() => storage.set(name, value)),
  };
}

/** Making E is a call into the platform; the other calls are arithmetic. */
export function watchedCrypto(crypto: ClientCrypto, watch: Watch): ClientCrypto {
  return {
    sha256: (bytes) => crypto.sha256(bytes),
    verify: (key, bytes, signature) => crypto.verify(key, bytes, signature),
    createEncryptionKey: () => watch(() => crypto.createEncryptionKey()),
  };
}
