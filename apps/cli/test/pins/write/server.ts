import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import { type Minted, mint } from '../../support/certificates.ts';

export const ROOT: Minted = mint({ subject: 'Test Root' });
export const OTHER_ROOT: Minted = mint({ subject: 'Other Root' });
const INTERMEDIATE = mint({ subject: 'Test Intermediate', issuer: ROOT });
/** A CA of the same name with another key: it signed nothing that is served. */
const DECOY = mint({ subject: 'Test Intermediate', issuer: ROOT });

const NAMES = [
  ...['leaf', 'ca', 'wrong', 'decoy', 'ended', 'told', 'private', 'foreign', 'free'].map(
    (name) => `${name}.example.com`,
  ),
  ...['one', 'all'].flatMap((name) => ['', 'a.', 'a.a.'].map((labels) => `${labels}${name}.example.com`)),
];
const LEAF = mint({ subject: 'leaf.example.com', issuer: INTERMEDIATE, names: NAMES });
const BACKUP = mint({ subject: 'Backup' });

const pins = (...keys: readonly (readonly [Minted, string])[]): string =>
  keys.map(([{ pin }, role]) => `      - { spki: ${pin}, role: ${role} }`).join('\n');

const LEAF_PINS = pins([LEAF, 'leaf'], [BACKUP, 'backup']);
const WRONG_PINS = pins([OTHER_ROOT, 'leaf'], [BACKUP, 'backup']);

/** What no client that is honest about its policy gets wrong; `free` has no entry at all. */
export const POLICY = `version: 1
hosts:
  - host: leaf.example.com
    pins:
${LEAF_PINS}
  - host: wrong.example.com
    pins:
${WRONG_PINS}
  - host: one.example.com
    subdomains: one
    covers: [a.one.example.com]
    pins:
${WRONG_PINS}
  - host: all.example.com
    subdomains: all
    covers: [a.all.example.com, a.a.all.example.com]
    pins:
${WRONG_PINS}
  - host: ended.example.com
    expires: 2027-01-01
    pins:
${WRONG_PINS}
`;

/** Pins of authorities, which not every target can compare. */
export const CA_POLICY = `
  - host: ca.example.com
    pins:
${pins([INTERMEDIATE, 'intermediate'], [BACKUP, 'backup'])}
  - host: decoy.example.com
    pins:
${pins([DECOY, 'intermediate'], [BACKUP, 'backup'])}
`;

export const TOLD_POLICY = `
  - host: told.example.com
    mode: report
    pins:
${WRONG_PINS}
`;

export const PRIVATE_POLICY = `
  - host: private.example.com
    trust: private
    authorities: [test_root]
    pins:
${LEAF_PINS}
  - host: foreign.example.com
    trust: private
    authorities: [other_root]
    pins:
${LEAF_PINS}
`;

export const BEFORE: number = Date.UTC(2026, 11, 1);
export const AFTER: number = Date.UTC(2027, 1, 1);

/** Serves the chain, with a certificate in it that signed nothing, to every name. */
export async function startServer(): Promise<{ readonly server: Server; readonly port: number }> {
  const cert = [LEAF, DECOY, INTERMEDIATE].map(({ pem }) => pem).join('');
  const server = createServer({ key: LEAF.privatePem, cert }, (_request, response) => response.end('ok'));
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP address');
  return { server, port: address.port };
}
