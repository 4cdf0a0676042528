// What reads certificates and keys without verifying anything, and so without Node: for browsers.
export { type Certificate, parseCertificate } from './certificate.ts';
export { describeKey, type KeyHolder, parseKeyAlgorithm } from './key-info.ts';
export { attributeValues, isSelfIssued, type Name, nameText, readName } from './names.ts';
