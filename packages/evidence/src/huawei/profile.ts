import { ECDSA_SHA256, ECDSA_SHA384, type KeyRule, type Profile, RSA_SHA256, RSA_SHA384 } from '@assay/x509';

const KEYS: readonly KeyRule[] = [
  { kind: 'ec', curves: ['P-256', 'P-384'] },
  { kind: 'rsa', minBits: 2048, maxBits: 4096, minExponent: 65537n },
];

/**
 * The signers of Huawei's integrity services: RSA below the first root, ECDSA below G2, every date enforced. The name of
 * the leaf is compared by the check `huawei.host`, which knows the one name and no wildcards.
 */
export const HUAWEI: Profile = {
  id: 'huawei',
  signatures: [ECDSA_SHA256, ECDSA_SHA384, RSA_SHA256, RSA_SHA384],
  keys: { issuers: KEYS, leaf: KEYS },
  validity: { leaf: 'enforced', issuers: 'enforced', anchor: 'enforced' },
  authorities: 'every_issuer',
  maxIntermediates: 2,
  purpose: undefined,
  peerName: 'optional',
  conformance: [],
};
