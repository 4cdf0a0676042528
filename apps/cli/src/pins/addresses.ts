import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { codeOf, inWords } from '../errno.ts';
import { fault } from '../reasons.ts';

/** A host with more addresses is not walked through any further. */
const MAX_ADDRESSES = 16;

/** Every address of a host, each once, in the resolver's order. @throws UpstreamError `cli.host_unreachable` */
export async function addressesOf(host: string, timeoutMs: number, family?: 4 | 6): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  const tooLate = AbortSignal.timeout(timeoutMs);
  const late = new Promise<never>((_, reject) => {
    tooLate.addEventListener('abort', () =>
      reject(fault('cli.host_unreachable', { found: `no name service in ${timeoutMs} ms` })),
    );
  });
  try {
    const found = await Promise.race([lookup(host, { all: true, family: family ?? 0, order: 'verbatim' }), late]);
    return [...new Set(found.map(({ address }) => address))].slice(0, MAX_ADDRESSES);
  } catch (error) {
    const message = `${host} has no address`;
    throw fault('cli.host_unreachable', { message, found: inWords(codeOf(error)) || 'no answer' }, error);
  }
}
