/** RFC 6962 3.3: the list of timestamps inside a certificate. */
export const SCT_LIST = '1.3.6.1.4.1.11129.2.4.2';
/** RFC 6962 3.1: critical, so that no certificate with it passes for one. */
export const POISON = '1.3.6.1.4.1.11129.2.4.3';
/** RFC 6962 3.3: the list of timestamps inside a single response of OCSP. */
export const OCSP_SCT_LIST = '1.3.6.1.4.1.11129.2.4.5';
