export type { AttestationAdapter, InstanceKey, KeyFirstAdapter, StatementFirstAdapter } from './adapter.ts';
export type { ClientCrypto, EncryptionKey, SecureStorage } from './ports.ts';
export type { Instance, Purpose } from './prove.ts';
export { type PreparedRequest, prepareRequest, type RequestContext, type RequestPlan } from './request.ts';
export type { Speaker } from './statement.ts';
