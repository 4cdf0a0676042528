import { readFileSync, statSync } from 'node:fs';
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

/**
 * Says so when other users of this machine can read the private key. Not refused: distributions keep keys readable by a
 * group, and containers mount them with modes of their own.
 */
export function warnOfExposedKey({ tlsKey }: Pick<Config, 'tlsKey'>, talk: (line: string) => void): void {
  if (tlsKey === undefined || process.platform === 'win32') return;
  const mode = statSync(tlsKey).mode & 0o777;
  if ((mode & 0o077) === 0) return;
  const found = mode.toString(8).padStart(4, '0');
  talk(`WARNING: the TLS key ${tlsKey} can be read by other users (mode ${found}): chmod 600 it, or a narrow group`);
}

/** Puts renewed files into a running listener and returns them; a pair that does not fit leaves the old one in force. */
export function reloadTls(server: TlsServer, config: Config): TlsFiles | undefined {
  const files = readTls(config);
  if (files !== undefined) server.setSecureContext({ ...files, minVersion: 'TLSv1.2' });
  return files;
}
