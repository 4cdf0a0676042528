import type { InstanceKey } from '@assay/client';
import type { Random } from '@assay/core';
import { toHex } from '@assay/formats';
import type { EcJwk } from '@assay/tokens/wire';
import { signRaw, type TestKeys } from './certificates/keys.ts';

/** The instance keys that a test phone holds. */
export interface Keystore {
  add(keys: TestKeys): InstanceKey;
  find(id: string): InstanceKey | undefined;
  /** The key with this public half. */
  holding(jwk: EcJwk): InstanceKey | undefined;
  remove(id: string): void;
}

const NAME_BYTES = 8;

export function createKeystore(random: Random): Keystore {
  const held = new Map<string, InstanceKey>();
  return {
    add: (keys) => {
      const id = toHex(random(NAME_BYTES));
      const key: InstanceKey = { id, jwk: keys.jwk, sign: (input) => signRaw(input, keys) };
      held.set(id, key);
      return key;
    },
    find: (id) => held.get(id),
    holding: ({ x, y }) => [...held.values()].find(({ jwk }) => jwk.x === x && jwk.y === y),
    remove: (id) => {
      held.delete(id);
    },
  };
}
