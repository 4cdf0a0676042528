export { KEY_DESCRIPTION_OID, parseKeyDescription } from './parse.ts';
export type { ApplicationId, AttestedPackage, AuthorizationList, KeyDescription } from './types.ts';
