/** Platforms that hold keys and make evidence without content: the engine never looks inside. */
import type { Companion, InstanceKey, KeyFirstAdapter, SoftwareKeyAdapter, StatementFirstAdapter } from '@assay/client';
import { toBase64, toBase64url, utf8 } from '@assay/formats';
import { generateSigningKey } from '@assay/tokens';

export interface Platform {
  readonly keys: Map<string, InstanceKey>;
  /** Bindings that evidence was made for, in order. */
  readonly bindings: string[];
  /** Set, every call of the platform rejects. */
  isLocked: boolean;
}

let names = 0;

function createPlatform(): Platform & { readonly create: () => InstanceKey } {
  const keys = new Map<string, InstanceKey>();
  return {
    ...{ keys, bindings: [], isLocked: false },
    create() {
      if (this.isLocked) throw new Error('locked');
      const { key } = generateSigningKey();
      names += 1;
      const made = { id: `key-${names}`, jwk: key.publicJwk, sign: (input: Uint8Array) => key.sign(input) };
      keys.set(made.id, made);
      return made;
    },
  };
}

const store = (platform: Platform) => ({
  findKey: async (id: string) => platform.keys.get(id),
  removeKey: async (id: string) => {
    platform.keys.delete(id);
  },
});

export function createAndroid(): { adapter: StatementFirstAdapter; platform: Platform } {
  const platform = createPlatform();
  const adapter: StatementFirstAdapter = {
    ...{ order: 'statement_first', platform: 'android', os: '16', roles: { attest: 'android-key' } },
    ...store(platform),
    attestNewKey: async (binding) => {
      platform.bindings.push(binding);
      const evidence = { role: 'android-key', enc: 'expo-chain', data: [toBase64(utf8(binding))] } as const;
      return { key: platform.create(), evidence };
    },
  };
  return { adapter, platform };
}

export function createIos(): { adapter: KeyFirstAdapter; platform: Platform } {
  const platform = createPlatform();
  const evidence = (role: 'apple-attest' | 'apple-assert', binding: string) => {
    platform.bindings.push(binding);
    return { role, data: toBase64(utf8(binding)) };
  };
  const adapter: KeyFirstAdapter = {
    ...{ order: 'key_first', platform: 'ios', os: '27.0', roles: { attest: 'apple-attest', assert: 'apple-assert' } },
    ...store(platform),
    createKey: async () => platform.create(),
    createAnchor: async () => toBase64url(new Uint8Array(32).fill(9)),
    attest: async (_, binding) => evidence('apple-attest', binding),
    assert: async (_, binding) => evidence('apple-assert', binding),
  };
  return { adapter, platform };
}

/** A web page, a simulator, or a phone whose key nobody attests. */
export function createSoftware(comes: SoftwareKeyAdapter['comes'] = 'always'): {
  adapter: SoftwareKeyAdapter;
  platform: Platform;
} {
  const platform = createPlatform();
  const adapter: SoftwareKeyAdapter = {
    ...{ order: 'software_key', platform: 'web', os: '143', roles: { attest: 'web' }, comes },
    ...store(platform),
    createKey: async () => platform.create(),
    attest: async (binding) => {
      platform.bindings.push(binding);
      return { role: 'web', data: binding };
    },
  };
  return { adapter, platform };
}

/** A companion whose token is the binding that it was asked for. */
export function companion(role: Companion['role'], comes: Companion['comes'] = 'always'): Companion {
  return { role, comes, collect: async (binding) => ({ role, data: binding }) };
}
