import type { JsonValue } from '@assay/formats';
import { json, object } from '@assay/formats/shape';
import { readAnswer } from './answers.ts';
import type { Network } from './endpoint.ts';
import { createPlayLine, PLAY_NAME, type PlayOptions } from './play-line.ts';

const readDecoded = object({ tokenPayloadExternal: json }, {}, { open: true });

/**
 * Google's endpoint that opens Play Integrity tokens (playintegrity v1, `decodeIntegrityToken`). Every call counts against the
 * quota of the project: ask through `openPlayToken`.
 *
 * @throws of the call: as {@link createPlayLine}
 */
export function createPlayDecoder(
  network: Network,
  options: PlayOptions,
): (packageName: string, token: string) => Promise<JsonValue> {
  const call = createPlayLine(network, options);
  return async (packageName, token) => {
    const reply = await call(packageName, ':decodeIntegrityToken', { integrity_token: token });
    return readAnswer(PLAY_NAME, reply, readDecoded).tokenPayloadExternal;
  };
}
