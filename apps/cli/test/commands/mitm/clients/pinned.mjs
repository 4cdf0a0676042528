// A correct client: it validates the chain, holds the name against RFC 9525, and pins.
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { tunnel } from './connect.mjs';

const url = new URL(process.env.ASSAY_URL);
const host = url.hostname.replace(/\.$/, '');
// Common names and partial wildcards name nobody.
const STRICT = { subject: 'never', partialWildcards: false };
const pins = process.env.ASSAY_PINS.split(',');

function refusal(_, { raw }) {
  const leaf = new X509Certificate(raw);
  const isMeant = isIP(host) === 0 ? leaf.checkHost(host, STRICT) : leaf.checkIP(host);
  if (isMeant === undefined) return new Error('another host');
  const pin = createHash('sha256')
    .update(leaf.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
  return pins.includes(pin) ? undefined : new Error('not pinned');
}

const socket = await tunnel(url);
const ca = readFileSync(process.env.ASSAY_CA);
// TLS 1.2 at least; in TLS 1.3 Node sends nothing before this check.
const tls = connect({ socket, ca, servername: host, checkServerIdentity: refusal, minVersion: 'TLSv1.2' });
tls.once('secureConnect', () =>
  tls.write(`GET ${url.pathname} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`),
);
tls.once('error', (error) => {
  console.error(`refused: ${error.message}`);
  process.exit(7);
});
tls.resume().once('end', () => process.exit(0));
