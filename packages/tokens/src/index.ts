export * from './challenge.ts';
export * from './ec-keys.ts';
export { fromDerSignature, signEs256, toDerSignature, verifyEs256 } from './es256.ts';
export * from './reply.ts';
export * from './request.ts';
export * from './signing-key.ts';
export * from './wire/index.ts';
