import { readFileSync } from 'node:fs';
import { fault } from '../reasons.ts';

/** The operator's interface of the demo server, with the credential that the server wrote at its first start. */
export interface OperatorCalls {
  put(path: string, body: unknown): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
  get(path: string): Promise<unknown>;
}

export function createOperator(base: string, tokenFile: string): OperatorCalls {
  const authorization = `Bearer ${readFileSync(tokenFile, 'utf8').trim()}`;
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${base}${path}`, {
      ...{ method, headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) } },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text);
    throw fault('cli.server_refused', { message: `the server refuses ${method} ${path}`, found: text });
  };
  return {
    put: (path, body) => call('PUT', path, body),
    post: (path, body) => call('POST', path, body),
    get: (path) => call('GET', path),
  };
}
