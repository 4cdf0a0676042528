export { NODE_PIN_CRYPTO } from './node-crypto.ts';
export { type FoundPin, type PinsOptions, pinsOf } from './pins-of.ts';
export * from './wire/index.ts';
