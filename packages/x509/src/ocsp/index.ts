export {
  type BasicOcspResponse,
  type OcspError,
  type OcspResponse,
  parseOcspResponse,
  type ResponderId,
} from './response.ts';
export type { CertId, CertStatus, RevocationReason, SingleResponse } from './single.ts';
export { type OcspInput, type OcspStatus, verifyOcsp } from './verify-ocsp.ts';
