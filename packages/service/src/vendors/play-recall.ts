import { ConfigError } from '@assay/core';
import { fault } from '../fault.ts';
import { unexpectedStatus } from './answers.ts';
import { createLine, type Network, refusedUs } from './endpoint.ts';
import { createGoogleTokens } from './google-account.ts';
import { PLAY_NAME, PLAY_PACKAGE, PLAY_SCOPE, PLAY_URL, type PlayDecodeOptions } from './play-decode.ts';
import type { RecallBits, Vendors } from './types.ts';

/** As Google names them, in the order of ours. */
const NAMES: Readonly<Record<keyof RecallBits, string>> = { bit0: 'bitFirst', bit1: 'bitSecond', bit2: 'bitThird' };

/**
 * Google's endpoint that writes the bits of device recall (playintegrity v1, `deviceRecall.write`, as Google's client libraries
 * describe it; nobody has shown its answers in public). A token is good for it for some days, bits that are not named stay, and
 * what was written is seen by new tokens within half a minute.
 *
 * @throws of the call: UpstreamError `service.vendor_unavailable`, ConfigError `service.vendor_refused_us`, EvidenceError
 * `service.vendor_refused_token`
 */
export function createPlayRecall(
  network: Network,
  { account, endpoint, tokens }: PlayDecodeOptions,
): NonNullable<Vendors['playRecall']> {
  const call = createLine(network, { name: PLAY_NAME, url: PLAY_URL, ...endpoint });
  const access = createGoogleTokens(network, account, PLAY_SCOPE, tokens);
  return async (packageName, token, bits) => {
    // It becomes a part of the address.
    if (!PLAY_PACKAGE.test(packageName)) {
      throw fault('service.vendor_not_configured', { expected: 'the name of a package' });
    }
    const bearer = await access.get();
    const reply = await call(
      {
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify({ integrityToken: token, newValues: toValues(bits) }),
      },
      `${packageName}/deviceRecall:write`,
    ).catch((error: unknown) => {
      // It may have been withdrawn before its end: the next call asks for another.
      if (error instanceof ConfigError) access.drop(bearer);
      throw error;
    });
    if (reply.status === 400) throw fault('service.vendor_refused_token', { found: `${PLAY_NAME}: status 400` });
    if (reply.status === 404) throw refusedUs(PLAY_NAME, 'status 404: no device recall for this package and project');
    if (reply.status !== 200) unexpectedStatus(PLAY_NAME, reply);
  };
}

function toValues(bits: RecallBits): object {
  const named = Object.entries(NAMES).map(([bit, name]) => [name, bits[bit as keyof RecallBits]] as const); // its own keys
  return Object.fromEntries(named.filter(([, value]) => value !== undefined));
}
