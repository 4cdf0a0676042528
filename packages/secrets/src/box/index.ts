export { isSecretName, MAX_SECRET_BYTES } from './limits.ts';
export { type BoxExpectation, type OpenedBox, openBox } from './open.ts';
export { type BoxRequest, sealBox } from './seal.ts';
