/**
 * The documents that the checks follow, as read in November 2026: "SysIntegrity API" of HMS Core Safety Detect and "System
 * integrity check" of the HarmonyOS Device Security Kit (developer.huawei.com), RFC 7515. No genuine result is public: what
 * stands here was proven on results of our own making. Assumed of HarmonyOS: the algorithms, which its documents do not name.
 */
const SYS_INTEGRITY = 'Huawei, SysIntegrity API';

export const CLAUSE = {
  token: 'RFC 7515 7.1, with the algorithms of Huawei',
  certificates: `${SYS_INTEGRITY}, verify the result: x5c; RFC 5280 4.1`,
  payload: `${SYS_INTEGRITY}, SysIntegrityResp`,
  nonce: `${SYS_INTEGRITY}, SysIntegrityResp: nonce`,
  age: `${SYS_INTEGRITY}, SysIntegrityResp: timestampMs`,
  app: `${SYS_INTEGRITY}, SysIntegrityResp: package, certificate digest, appId`,
  host: `${SYS_INTEGRITY}, verify the result: domain name of the leaf`,
  path: 'RFC 5280 6.1, with the profile of Huawei',
  signature: `${SYS_INTEGRITY}, verify the result: signature; RFC 7515 5.2`,
  keyAttestation: 'HarmonyOS, HUKS key attestation',
} as const;
