// Calls ASSAY_URL once with TOKEN and a proof by KEY, through HTTPS_PROXY, believing ASSAY_CA: an app without its pinning.
import { createHash, createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:tls';

const { ASSAY_URL = '', ASSAY_CA = '', HTTPS_PROXY = '', TOKEN = '', KEY = '' } = process.env;
const [url, proxy] = [new URL(ASSAY_URL), new URL(HTTPS_PROXY)];
const { d, ...jwk } = JSON.parse(KEY);
const key = { key: createPrivateKey({ key: { ...jwk, d }, format: 'jwk' }), dsaEncoding: 'ieee-p1363' };
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const hash = (text) => createHash('sha256').update(text).digest('base64url');

function proof(nonce) {
  const claims = {
    jti: randomUUID(),
    htm: 'GET',
    htu: `${url.origin}${url.pathname}`,
    ath: hash(TOKEN),
    qry_h: hash(''),
  };
  const iat = Math.floor(Date.now() / 1000);
  const input = `${encode({ typ: 'dpop+jwt', alg: 'ES256', jwk })}.${encode({ ...claims, iat, ...(nonce && { nonce }) })}`;
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
}

const tunnel = () =>
  new Promise((resolve, reject) => {
    const asked = request({ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: url.host });
    asked.once('connect', (_, socket) => resolve(socket));
    asked.once('error', reject);
    asked.end();
  });

async function call(nonce) {
  const socket = connect({ socket: await tunnel(), servername: url.hostname, ca: readFileSync(ASSAY_CA) });
  const headers = { host: url.host, authorization: `DPoP ${TOKEN}`, dpop: proof(nonce) };
  return new Promise((resolve, reject) => {
    const sent = request({ createConnection: () => socket, path: url.pathname, headers }, (response) => {
      response.resume().once('end', () => resolve(response));
    });
    sent.once('error', reject);
    sent.end();
  }).finally(() => socket.destroy());
}

const first = await call();
const last = first.headers['dpop-nonce'] === undefined ? first : await call(first.headers['dpop-nonce']);
process.exitCode = last.statusCode === 200 ? 0 : 1;
