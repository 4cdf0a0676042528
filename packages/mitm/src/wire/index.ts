export { CIPHER_NAMES } from './cipher-names.ts';
export { serveOwn } from './serve.ts';
export type { WireNews } from './server.ts';
