export { HELLO_LIMITS, type HelloReading, parseClientHello } from './client-hello.ts';
export { HELLO_FAULTS, type HelloFault } from './faults.ts';
export { type QuicInitial, readQuicInitial } from './quic.ts';
