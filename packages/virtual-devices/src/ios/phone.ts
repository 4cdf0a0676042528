import type { KeyFirstAdapter } from '@assay/client';
import type { Clock, Random } from '@assay/core';
import { toBase64, toBase64url, utf8 } from '@assay/formats';
import type { TestAuthorities } from '../certificates/authorities.ts';
import { createKeys, type TestKeys } from '../certificates/keys.ts';
import type { Keystore } from '../keystore.ts';
import { type AppAttestContext, type AppAttestSpec, assertKey, attestKey, keyIdOf, sha256 } from './app-attest.ts';

/** What one iOS test phone is. A fault changes one member. */
export interface IosSpec extends AppAttestSpec {
  readonly os: string;
  /** Look-alikes have the same names and other keys. */
  readonly authorities: 'genuine' | 'lookalike';
  /** What the counter of A rises by with each assertion. */
  readonly counterStep: 0 | 1;
  /** The binding that evidence is made for, given the one that was asked for. */
  readonly challengeFor: (asked: string) => string;
}

interface PlatformKey {
  readonly keys: TestKeys;
  counter: number;
}

/** The adapter of an iOS test phone: K in the Enclave by the app's word, A inside App Attest. */
export function createIosPhone(
  spec: IosSpec,
  authorities: Record<IosSpec['authorities'], TestAuthorities>,
  { random, clock, keystore }: { readonly random: Random; readonly clock: Clock; readonly keystore: Keystore },
): KeyFirstAdapter {
  const anchors = new Map<string, PlatformKey>();
  const context: AppAttestContext = { issuers: authorities[spec.authorities].apple, random, clock };
  const hashFor = (binding: string): Uint8Array => sha256(utf8(spec.challengeFor(binding)));
  return {
    ...{ order: 'key_first', platform: 'ios', os: spec.os },
    roles: { attest: 'apple-attest', assert: 'apple-assert' },
    findKey: async (id) => keystore.find(id),
    removeKey: async (id) => keystore.remove(id),
    createKey: async () => keystore.add(createKeys(random)),
    createAnchor: async () => {
      const keys = createKeys(random);
      const id = toBase64url(keyIdOf(keys));
      anchors.set(id, { keys, counter: 0 });
      return id;
    },
    attest: async (anchor, binding) => {
      const { keys } = platformKey(anchors, anchor);
      return { role: 'apple-attest', data: toBase64(attestKey(spec, keys, hashFor(binding), context)) };
    },
    assert: async (anchor, binding) => {
      const key = platformKey(anchors, anchor);
      key.counter += spec.counterStep;
      return { role: 'apple-assert', data: toBase64(assertKey(spec, key.keys, hashFor(binding), key.counter)) };
    },
  };
}

/** App Attest's `invalidKey`. */
function platformKey(anchors: ReadonlyMap<string, PlatformKey>, id: string): PlatformKey {
  const key = anchors.get(id);
  if (key === undefined) throw new Error('invalidKey: App Attest does not know this key');
  return key;
}
