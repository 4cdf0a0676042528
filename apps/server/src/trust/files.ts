import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError } from '@assay/core';
import { parsePem, toPem } from '@assay/formats';
import { type EcJwk, ecJwk } from '@assay/formats/shape';
import { loadAnchor, type TrustAnchor } from '@assay/x509';
import type { SERVER_REASONS } from '../reasons.ts';

/** A file that the operator names. @throws ConfigError of this code when it cannot be read, or not as what it should be */
export function readFile<T>(
  path: string,
  code: keyof typeof SERVER_REASONS,
  what: string,
  parse: (text: string) => T,
): T {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ConfigError(code, `${what} cannot be read`, { found: path }, { cause });
  }
}

/** @throws ConfigError `server.test_roots_unreadable`, `x509.anchor_not_genuine` */
export function readTestRoots(path: string): readonly TrustAnchor[] {
  const roots = readFile(path, 'server.test_roots_unreadable', 'the file of test roots', (pem) =>
    parsePem(pem, 'CERTIFICATE'),
  );
  if (roots.length === 0) throw new ConfigError('server.test_roots_unreadable', 'the file of test roots holds none');
  return roots.map((der, index) =>
    loadAnchor({
      ...{ id: `test-root-${index + 1}`, source: path, date: 'test', kind: 'hardware' },
      pem: toPem(der, 'CERTIFICATE'),
      sha256: hash('sha256', der, 'hex'),
    }),
  );
}

/** Public halves in PEM. @throws ConfigError `server.advisories_key_unreadable`: also for a private key, which has no place here */
export function readAdvisoryKeys(paths: readonly string[]): readonly EcJwk[] {
  return paths.map((path) =>
    readFile(path, 'server.advisories_key_unreadable', 'the public key of advisories', readPublicKey),
  );
}

function readPublicKey(pem: string): EcJwk {
  const [der = new Uint8Array()] = parsePem(pem, 'PUBLIC KEY');
  const key: KeyObject = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  const { kty, crv, x, y } = key.export({ format: 'jwk' });
  return ecJwk({ kty, crv, x, y }, '$');
}
