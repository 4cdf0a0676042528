export { NODE_CRYPTO } from './crypto.ts';
export { createFileStorage, createMemoryStorage } from './storage.ts';
