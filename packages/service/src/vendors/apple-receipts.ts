import { FormatError, parseBase64, toBase64 } from '@assay/formats';
import { unexpectedStatus } from './answers.ts';
import type { AuthorizeTeam } from './apple-team.ts';
import { createLine, type Endpoint, type Network, unavailable } from './endpoint.ts';
import type { ReceiptAnswer, ReceiptRenewal } from './types.ts';

const NAME = 'App Attest receipts';
const URLS = {
  production: 'https://data.appattest.apple.com/v1/attestationData',
  development: 'https://data-development.appattest.apple.com/v1/attestationData',
} as const;
const TIMEOUT_MS = 10_000;

/** Statuses that Apple's "Assessing fraud risk" has beside 200. */
const ANSWERS: ReadonlyMap<number, ReceiptAnswer> = new Map([
  [304, { outcome: 'too_early' }],
  [404, { outcome: 'no_data' }],
]);

/**
 * Apple's receipt service. What comes back is not verified here.
 *
 * @param endpoint another address than Apple's is for tests
 * @throws of the call: UpstreamError `service.vendor_unavailable`, ConfigError `service.vendor_refused_us`,
 * `service.vendor_not_configured`
 */
export function createAppleReceipts(
  network: Network,
  authorize: AuthorizeTeam,
  endpoint: Partial<Endpoint> = {},
): (renewal: ReceiptRenewal) => Promise<ReceiptAnswer> {
  const lineTo = (url: string) => createLine(network, { name: NAME, timeoutMs: TIMEOUT_MS, url, ...endpoint });
  const lines = { production: lineTo(URLS.production), development: lineTo(URLS.development) };
  return async ({ team, environment, receipt }) => {
    const headers = { authorization: await authorize(team), 'content-type': 'text/plain' };
    const reply = await lines[environment]({ headers, body: toBase64(receipt) });
    const answer = ANSWERS.get(reply.status);
    if (answer !== undefined) return answer;
    if (reply.status !== 200) unexpectedStatus(NAME, reply);
    return { outcome: 'renewed', receipt: decode(reply.body) };
  };
}

/** Base64 text; Apple's documents name no content type. */
function decode(body: Uint8Array): Uint8Array {
  if (body.length === 0) throw unavailable(NAME, 'nothing', 'a receipt in base64');
  try {
    return parseBase64(Buffer.from(body).toString('latin1').trim());
  } catch (error) {
    if (error instanceof FormatError) throw unavailable(NAME, error.code, 'a receipt in base64');
    throw error;
  }
}
