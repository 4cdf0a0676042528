export * from './store/index.ts';

/** Milliseconds since the Unix epoch. Handed in, so that any past decision can be replayed from its record. */
export type Clock = () => number;

/** `length` unpredictable bytes. */
export type Random = (length: number) => Uint8Array;

/** What a port to the network looks like: the Fetch API, nothing more. */
export type Fetch = (request: Request) => Promise<Response>;
