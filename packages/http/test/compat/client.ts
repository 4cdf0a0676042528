import { createHash } from 'node:crypto';
import type { VirtualAppAttest } from '@assay/virtual-devices';

export const hash = (...parts: readonly Uint8Array[]): Uint8Array =>
  createHash('sha256').update(Buffer.concat(parts)).digest();

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a server answers, looked at member by member
  readonly body: any;
}

/** What goes over the wire when Google's App Check client talks, with its spelling, headers and encodings. */
export interface WireClient {
  post(method: string, body?: object): Promise<Answered>;
  /** The bytes of a new challenge. */
  challenge(): Promise<Uint8Array>;
  /** The first handshake with a key. */
  attest(keyId: string, change?: object): Promise<Answered>;
  assert(keyId: string, artifact: string, change?: object): Promise<Answered>;
  debug(debugToken: string): Promise<Answered>;
}

/** @param resource `{base}/projects/{project}/apps/{app}` */
export function createWireClient(resource: string, service: VirtualAppAttest): WireClient {
  const post: WireClient['post'] = async (method, body) => {
    const headers = { 'x-ios-bundle-identifier': 'com.example.bank', 'x-goog-api-key': 'unused' };
    const response = await fetch(`${resource}:${method}`, {
      method: 'POST',
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const challenge = async () => Buffer.from((await post('generateAppAttestChallenge')).body.challenge, 'base64');
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return {
    post,
    challenge,
    async attest(keyId, change = {}) {
      const given = await challenge();
      const attestation = service.attestKey(keyId, hash(given));
      return post('exchangeAppAttestAttestation', {
        ...{ key_id: keyId, attestation_statement: base64(attestation), challenge: base64(given), limited_use: false },
        ...change,
      });
    },
    async assert(keyId, artifact, change = {}) {
      const given = await challenge();
      const assertion = service.generateAssertion(keyId, hash(Buffer.from(artifact, 'base64'), given));
      return post('exchangeAppAttestAssertion', {
        ...{ artifact, challenge: base64(given), assertion: base64(assertion), limited_use: false },
        ...change,
      });
    },
    debug: (debugToken) => post('exchangeDebugToken', { debug_token: debugToken, limited_use: false }),
  };
}
