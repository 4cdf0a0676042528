import { ConfigError } from '@assay/core';
import type { JsonValue } from '@assay/formats';
import { json, object } from '@assay/formats/shape';
import { fault } from '../fault.ts';
import { readAnswer, unexpectedStatus } from './answers.ts';
import { createLine, type Endpoint, type Network, refusedUs } from './endpoint.ts';
import { createGoogleTokens, type GoogleAccount } from './google-account.ts';

export const PLAY_NAME = 'Play Integrity';
export const PLAY_URL = 'https://playintegrity.googleapis.com/v1/';
export const PLAY_SCOPE = 'https://www.googleapis.com/auth/playintegrity';
export const PLAY_PACKAGE = /^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)+$/;

const readDecoded = object({ tokenPayloadExternal: json }, {}, { open: true });

export interface PlayDecodeOptions {
  readonly account: GoogleAccount;
  /** Others than Google's are for tests. */
  readonly endpoint?: Partial<Endpoint>;
  readonly tokens?: Partial<Endpoint>;
}

/**
 * Google's endpoint that opens Play Integrity tokens (playintegrity v1, `decodeIntegrityToken`). Every call counts against the
 * quota of the project: ask through `openPlayToken`.
 *
 * @throws of the call: UpstreamError `service.vendor_unavailable`, ConfigError `service.vendor_refused_us`, EvidenceError
 * `service.vendor_refused_token`
 */
export function createPlayDecoder(
  network: Network,
  { account, endpoint, tokens }: PlayDecodeOptions,
): (packageName: string, token: string) => Promise<JsonValue> {
  const call = createLine(network, { name: PLAY_NAME, url: PLAY_URL, ...endpoint });
  const access = createGoogleTokens(network, account, PLAY_SCOPE, tokens);
  return async (packageName, token) => {
    // It becomes a part of the address.
    if (!PLAY_PACKAGE.test(packageName))
      throw fault('service.vendor_not_configured', { expected: 'the name of a package' });
    const bearer = await access.get();
    const reply = await call(
      {
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify({ integrity_token: token }),
      },
      `${packageName}:decodeIntegrityToken`,
    ).catch((error: unknown) => {
      // It may have been withdrawn before its end: the next call asks for another.
      if (error instanceof ConfigError) access.drop(bearer);
      throw error;
    });
    if (reply.status === 400) throw fault('service.vendor_refused_token', { found: `${PLAY_NAME}: status 400` });
    if (reply.status === 404) throw refusedUs(PLAY_NAME, 'status 404: no such package for this project');
    if (reply.status !== 200) unexpectedStatus(PLAY_NAME, reply);
    return readAnswer(PLAY_NAME, reply, readDecoded).tokenPayloadExternal;
  };
}
