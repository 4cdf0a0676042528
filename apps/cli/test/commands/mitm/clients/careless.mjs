// A client that validates nothing.
import { connect } from 'node:tls';
import { tunnel } from './connect.mjs';

const url = new URL(process.env.ASSAY_URL);
const tls = connect({ socket: await tunnel(url), servername: url.hostname, rejectUnauthorized: false });
tls.once('secureConnect', () =>
  tls.write(`GET ${url.pathname} HTTP/1.1\r\nhost: ${url.hostname}\r\nconnection: close\r\n\r\n`),
);
tls.once('error', () => process.exit(1));
tls.resume().once('end', () => process.exit(0));
