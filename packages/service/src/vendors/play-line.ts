import { ConfigError } from '@assay/core';
import { fault } from '../fault.ts';
import { assertTaken, unexpectedStatus } from './answers.ts';
import { createLine, type Endpoint, type Network, refusedUs, type VendorReply } from './endpoint.ts';
import { createGoogleTokens, type GoogleAccount } from './google-account.ts';

/** As messages name it. */
export const PLAY_NAME = 'Play Integrity';

const URL_BASE = 'https://playintegrity.googleapis.com/v1/';
const SCOPE = 'https://www.googleapis.com/auth/playintegrity';
const PACKAGE = /^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)+$/;

export interface PlayOptions {
  readonly account: GoogleAccount;
  /** Others than Google's are for tests. */
  readonly endpoint?: Partial<Endpoint>;
  readonly tokens?: Partial<Endpoint>;
}

/** Calls a method about a package and a token of it; gives an answer of status 200. */
export type CallPlay = (packageName: string, method: string, body: object) => Promise<VendorReply>;

/**
 * A line to Google's Play Integrity API, as a service account.
 *
 * @throws of the call: UpstreamError `service.vendor_unavailable`, ConfigError `service.vendor_not_configured`,
 * `service.vendor_refused_us`, EvidenceError `service.vendor_refused_token`
 */
export function createPlayLine(network: Network, { account, endpoint, tokens }: PlayOptions): CallPlay {
  const call = createLine(network, { name: PLAY_NAME, url: URL_BASE, ...endpoint });
  const access = createGoogleTokens(network, account, SCOPE, tokens);

  async function asAccount(path: string, body: string): Promise<VendorReply> {
    const bearer = await access.get();
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
    return call({ headers, body }, path).catch((error: unknown) => {
      // It may have been withdrawn before its end: the next call asks for another.
      if (error instanceof ConfigError) access.drop(bearer);
      throw error;
    });
  }

  return async (packageName, method, body) => {
    // It becomes a part of the address.
    if (!PACKAGE.test(packageName)) throw fault('service.vendor_not_configured', { expected: 'the name of a package' });
    const reply = await asAccount(packageName + method, JSON.stringify(body));
    assertTaken(PLAY_NAME, reply);
    if (reply.status === 404) throw refusedUs(PLAY_NAME, 'status 404: not served for this package and project');
    return reply.status === 200 ? reply : unexpectedStatus(PLAY_NAME, reply);
  };
}
