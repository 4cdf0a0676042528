import { type Facts, knownValue, provenValue } from '@assay/core';
import { APPLE, HUAWEI, KEY, type ProofRow, proves } from './row.ts';

const isHardwareKey = ({ key, platform }: Facts, on: 'android' | 'ios'): boolean => {
  const level = provenValue(key.attestedLevel);
  return provenValue(platform) === on && level !== undefined && level !== 'software';
};

const isSoftwareChain = ({ evidence, chain, key }: Facts): boolean =>
  evidence.includes(KEY) &&
  (knownValue(chain.provisioning) === 'software' || knownValue(key.attesterLevel) === 'software');

/** Who proves the lock: hardware, or the word of Huawei's service. */
const lockRow = (by: string, isOf: (by: string) => boolean): ProofRow => ({
  ...proves('root', true, by),
  holds: ({ device: { locked } }) => locked.known === 'proven' && !locked.value && isOf(locked.by),
  when: '`device.locked` is proven false',
  means:
    'The owner, or whoever held the phone, may run any system. Not that anybody has root now; to an API it is the same.',
});

/** What hardware and its makers say of the device. */
export const HARDWARE_PROOFS: readonly ProofRow[] = [
  lockRow(KEY, (by) => !HUAWEI.includes(by)),
  ...HUAWEI.map((format) => lockRow(format, (by) => by === format)),
  {
    ...proves('root', true, KEY),
    holds: ({ device }) => ['unverified', 'failed'].includes(provenValue(device.bootState) ?? ''),
    when: '`device.bootState` is proven `unverified` or `failed`',
    means:
      'What runs is not what was signed. `self_signed` says nothing here: it is another system on a locked phone, and its boot key tells which.',
  },
  {
    ...proves('root', false, KEY),
    holds: ({ device }) => provenValue(device.bootState) === 'verified' && provenValue(device.locked) === true,
    when: '`device.bootState` is proven `verified` and `device.locked` true',
    means:
      "The maker's system was booted on a locked phone. Not that no hole was used since, and not against a leaked attestation key, whose holder can say so of any phone.",
  },
  {
    ...{ threat: 'emulator', raised: true, known: 'claimed', by: KEY, holds: isSoftwareChain },
    when: 'the chain or its attester is in software',
    means:
      'Emulators attest so, and so do phones launched with Android 7 and whoever uses the public software keys: a hint, no proof.',
  },
  {
    ...proves('emulator', false, KEY),
    holds: (facts) => isHardwareKey(facts, 'android'),
    when: 'Android, and `key.attestedLevel` is proven `tee` or `strongbox`',
    means:
      'The key is in the hardware of a phone. Not that the app runs on that phone: evidence can be relayed, and attestation keys leak.',
  },
  {
    ...proves('emulator', false, APPLE),
    holds: (facts) => isHardwareKey(facts, 'ios'),
    when: 'iOS, and `key.attestedLevel` is proven `secure_enclave`',
    means: 'Apple certified a key in the hardware of an Apple device; the simulator has none. Relaying stays possible.',
  },
  {
    ...proves('no_secure_hardware', true, KEY),
    holds: isSoftwareChain,
    when: 'the chain or its attester is in software',
    means: 'No hardware vouches for this key. Not that the phone has none.',
  },
  {
    ...proves('no_secure_hardware', false, KEY),
    holds: (facts) => isHardwareKey(facts, 'android'),
    when: 'Android, and `key.attestedLevel` is proven `tee` or `strongbox`',
    means: 'The attested key is in hardware.',
  },
  {
    ...proves('no_secure_hardware', false, APPLE),
    holds: (facts) => isHardwareKey(facts, 'ios'),
    when: 'iOS, and `key.attestedLevel` is proven `secure_enclave`',
    means: 'The App Attest key is in hardware. Not the instance key, of which only the app speaks.',
  },
  {
    ...proves('unofficial_store', true, APPLE),
    holds: ({ app }) => ['enterprise', 'developer_id'].includes(provenValue(app.category) ?? ''),
    when: '`app.category` is proven `enterprise` or `developer_id`',
    means: 'Apple says that the app was distributed outside its stores.',
  },
  {
    ...proves('unofficial_store', false, APPLE),
    holds: ({ app }) => ['app_store', 'testflight'].includes(provenValue(app.category) ?? ''),
    when: '`app.category` is proven `app_store` or `testflight`',
    means: 'Apple says where the app came from (iOS 27 and later).',
  },
];
