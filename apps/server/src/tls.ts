import { readFileSync } from 'node:fs';
import type { Server as TlsServer } from 'node:https';
import { createSecureContext } from 'node:tls';
import { ConfigError } from '@assay/core';
import type { Config } from './config/schema.ts';

export interface TlsFiles {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** @throws ConfigError `server.tls_unreadable` when a file is missing or the pair does not fit */
export function readTls({ tlsCert, tlsKey }: Pick<Config, 'tlsCert' | 'tlsKey'>): TlsFiles | undefined {
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  try {
    const files = { cert: readFileSync(tlsCert), key: readFileSync(tlsKey) };
    createSecureContext(files);
    return files;
  } catch (cause) {
    throw new ConfigError(
      'server.tls_unreadable',
      'the TLS certificate and key cannot be used',
      { expected: `a PEM chain in ${tlsCert} and its private key in ${tlsKey}` },
      { cause },
    );
  }
}

/** Puts renewed files into a running listener; a pair that does not fit leaves the old one in force. */
export function reloadTls(server: TlsServer, config: Config): void {
  const files = readTls(config);
  if (files !== undefined) server.setSecureContext({ ...files, minVersion: 'TLSv1.2' });
}
