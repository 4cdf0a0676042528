import { get } from 'node:https';
import { text } from 'node:stream/consumers';

export interface Fetched {
  readonly status: number | undefined;
  readonly text: string;
}

/** Fetches a document directly, past any proxy, over a connection of its own. */
export function fetchText(url: string, ca: string): Promise<Fetched> {
  const { promise, resolve, reject } = Promise.withResolvers<Fetched>();
  const sent = get(url, { ca, agent: false }, (response) => {
    text(response).then((body) => resolve({ status: response.statusCode, text: body }), reject);
  });
  sent.on('error', reject);
  return promise;
}
