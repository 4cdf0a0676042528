import type { Network } from './endpoint.ts';
import { createPlayLine, type PlayOptions } from './play-line.ts';
import type { RecallBits, Vendors } from './types.ts';

/** As Google names them, in the order of ours. */
const NAMES: Readonly<Record<keyof RecallBits, string>> = { bit0: 'bitFirst', bit1: 'bitSecond', bit2: 'bitThird' };

/**
 * Google's endpoint that writes the bits of device recall (playintegrity v1, `deviceRecall.write`, as Google's client libraries
 * describe it; nobody has shown its answers in public). A token is good for it for some days, bits that are not named stay, and
 * what was written is seen by new tokens within half a minute.
 *
 * @throws of the call: as {@link createPlayLine}
 */
export function createPlayRecall(network: Network, options: PlayOptions): NonNullable<Vendors['playRecall']> {
  const call = createPlayLine(network, options);
  return async (packageName, token, bits) => {
    await call(packageName, '/deviceRecall:write', { integrityToken: token, newValues: toValues(bits) });
  };
}

function toValues(bits: RecallBits): object {
  const named = Object.entries(NAMES).map(([bit, name]) => [name, bits[bit as keyof RecallBits]] as const); // its own keys
  return Object.fromEntries(named.filter(([, value]) => value !== undefined));
}
