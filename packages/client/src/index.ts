export type {
  AttestationAdapter,
  Companion,
  InstanceKey,
  KeyFirstAdapter,
  NewKey,
  SoftwareKeyAdapter,
  StatementFirstAdapter,
} from './adapter.ts';
export { type Client, createClient } from './client.ts';
export type { ClientEvent } from './events.ts';
export { FLOORS } from './floors.ts';
export type { ClientOptions } from './options.ts';
export type { Misconfigured, Outcome, Refused, Setback, Wait } from './outcome.ts';
export type { ClientCrypto, EncryptionKey, SecureStorage, Timer } from './ports.ts';
export type { Instance, Purpose, SpareAnchor } from './prove.ts';
export { CLIENT_REASONS, type ClientCode } from './reasons.ts';
export { type PreparedRequest, prepareRequest, type RequestContext, type RequestPlan } from './request.ts';
export { type DeviceInfo, deviceInfoSignals } from './signals/device-info.ts';
export { type FreeRasp, freeRaspSignals } from './signals/freerasp.ts';
export { type JailMonkey, jailMonkeySignals } from './signals/jail-monkey.ts';
export type { SignalSource, SourceSignal } from './signals/source.ts';
export type { Speaker } from './statement.ts';
export type { HeldSecret, HeldToken } from './vault.ts';
