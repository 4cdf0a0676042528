import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Fetch } from '@assay/core';

/** A file is looked at every minute, as the network would be asked where it says nothing else. */
const FILE_HEADERS = { 'cache-control': 'max-age=60' };

/** Node's own network, and files by `file:` addresses: an operator's document may come from either. */
export function createNetwork(fetch: Fetch = (request) => globalThis.fetch(request)): Fetch {
  return async (request) => (request.url.startsWith('file:') ? readLocal(request) : fetch(request));
}

async function readLocal({ url, signal }: Request): Promise<Response> {
  const path = fileURLToPath(url);
  if (!statSync(path).isFile()) throw new TypeError('not a file');
  return new Response(Readable.toWeb(createReadStream(path, { signal })), { headers: FILE_HEADERS });
}
