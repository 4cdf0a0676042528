export { CIPHER_NAMES } from './cipher-names.ts';
export { serveOwn } from './serve.ts';
export type { OwnOrder, WireNews } from './server.ts';
