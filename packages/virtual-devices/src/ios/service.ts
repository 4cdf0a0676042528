import type { Clock, Random } from '@assay/core';
import { toBase64 } from '@assay/formats';
import type { VirtualApp } from '../app.ts';
import { createKeys, type TestKeys } from '../certificates/keys.ts';
import type { TestRoots } from '../roots.ts';
import { type AppAttestContext, type AppAttestSpec, assertKey, attestKey, keyIdOf } from './app-attest.ts';

/** `DCAppAttestService` of a test phone: for clients that hash their client data themselves. */
export interface VirtualAppAttest {
  /** A new key; its name in base64, as the system gives it. */
  generateKey(): string;
  attestKey(keyId: string, clientDataHash: Uint8Array): Uint8Array;
  /** The counter of the key rises with each. */
  generateAssertion(keyId: string, clientDataHash: Uint8Array): Uint8Array;
}

export interface VirtualAppAttestOptions {
  readonly roots: TestRoots;
  readonly app: VirtualApp;
  readonly random: Random;
  readonly clock: Clock;
  /** What differs from an app of the App Store. */
  readonly differs?: Partial<AppAttestSpec> & { readonly authorities?: 'lookalike' };
}

/** Apple's validation category of an app from the App Store. */
const APP_STORE = 4;

/** App Attest of one app on one test phone. */
export function createVirtualAppAttest({
  roots,
  app,
  random,
  clock,
  differs = {},
}: VirtualAppAttestOptions): VirtualAppAttest {
  const { authorities = 'genuine', ...changes } = differs;
  const { appleId: appId, bundleVersion } = app;
  const spec: AppAttestSpec = { appId, bundleVersion, environment: 'production', category: APP_STORE, ...changes };
  const context: AppAttestContext = { issuers: roots[authorities].apple, random, clock };
  const held = new Map<string, { readonly keys: TestKeys; counter: number }>();
  const find = (keyId: string) => {
    const key = held.get(keyId);
    if (key === undefined) throw new Error('invalidKey: App Attest does not know this key');
    return key;
  };
  return {
    generateKey() {
      const keys = createKeys(random);
      const keyId = toBase64(keyIdOf(keys));
      held.set(keyId, { keys, counter: 0 });
      return keyId;
    },
    attestKey: (keyId, clientDataHash) => attestKey(spec, find(keyId).keys, clientDataHash, context),
    generateAssertion(keyId, clientDataHash) {
      const key = find(keyId);
      key.counter += 1;
      return assertKey(spec, key.keys, clientDataHash, key.counter);
    },
  };
}
