import type { SoftwareKeyAdapter } from '@assay/client';
import type { PhoneContext } from '../android/phone.ts';
import { createKeys } from '../certificates/keys.ts';

/** What a device with keys in software alone brings, and who it says it is. */
export interface SoftwareSpec extends Pick<SoftwareKeyAdapter, 'platform' | 'os'> {
  readonly role: SoftwareKeyAdapter['roles']['attest'];
  /** `always` unless given. */
  readonly comes?: SoftwareKeyAdapter['comes'];
  /** The vendor's token for a binding. */
  readonly token: (binding: string) => string;
}

/** The adapter of a test device whose keys nobody attests. */
export function createSoftwarePhone(
  { platform, os, role, comes = 'always', token }: SoftwareSpec,
  { keystore, random }: Pick<PhoneContext, 'keystore' | 'random'>,
): SoftwareKeyAdapter {
  return {
    ...{ order: 'software_key', platform, os, roles: { attest: role }, comes },
    findKey: async (id) => keystore.find(id),
    removeKey: async (id) => keystore.remove(id),
    createKey: async () => keystore.add(createKeys(random)),
    attest: async (binding) => ({ role, data: token(binding) }),
  };
}
