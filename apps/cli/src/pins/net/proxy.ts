import { isIP, isIPv4 } from 'node:net';
import { concat, utf8 } from '@assay/formats';
import { fault } from '../../reasons.ts';
import { unexpected, type Wire } from './wire.ts';

/** A proxy that is asked to connect to the host. */
export interface ProxyServer {
  readonly kind: 'http' | 'socks5';
  readonly host: string;
  readonly port: number;
  readonly credentials: { readonly user: string; readonly password: string } | undefined;
}

const KINDS: Readonly<Record<string, readonly [kind: ProxyServer['kind'], port: number]>> = {
  'http:': ['http', 8080],
  'socks5:': ['socks5', 1080],
  'socks5h:': ['socks5', 1080],
};

/**
 * `http://host:port` or `socks5://…`; `env` takes HTTPS_PROXY, which nothing else does: a proxy that nobody asked for would be
 * the one whose chain is shown. A password comes by `env` alone: other users of the machine read command lines.
 *
 * @throws RequestError `cli.usage`, without the address, which may hold a password
 */
export function parseProxy(text: string, env: Readonly<Record<string, string | undefined>>): ProxyServer | undefined {
  const given = text === 'env' ? (env['HTTPS_PROXY'] ?? env['https_proxy'] ?? '') : text;
  if (text === 'env' && given === '') return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const [kind, port] = KINDS[url?.protocol ?? ''] ?? [];
  if (url === undefined || kind === undefined || port === undefined || url.hostname === '') throw noProxy();
  if (text !== 'env' && url.password !== '') throw passwordShown();
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { kind, host, port: url.port === '' ? port : Number(url.port), credentials: credentialsOf(url) };
}

const noProxy = (): Error =>
  fault('cli.usage', { message: '--proxy is not in its form', expected: 'http://HOST:PORT, socks5://HOST:PORT, env' });

const passwordShown = (): Error =>
  fault('cli.usage', {
    message: 'a password on the command line can be read by every user of this machine',
    expected: 'the address in HTTPS_PROXY, and --proxy env',
  });

function credentialsOf({ username, password }: URL): ProxyServer['credentials'] {
  if (username === '' && password === '') return undefined;
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    throw noProxy(); // a percent sign that begins nothing; the cause would show what stands behind it
  }
}

type Ask = (wire: Wire, proxy: ProxyServer, to: { readonly host: string; readonly port: number }) => Promise<void>;

/** How each kind is asked. @throws UpstreamError `cli.host_unreachable` */
export const ASK: Readonly<Record<ProxyServer['kind'], Ask>> = { http: askHttp, socks5: askSocks };

/** RFC 9110 9.3.6. */
async function askHttp(wire: Wire, { credentials }: ProxyServer, { host, port }: Parameters<Ask>[2]): Promise<void> {
  const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const token = credentials && Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64');
  const authorization = token === undefined ? '' : `Proxy-Authorization: Basic ${token}\r\n`;
  wire.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization}\r\n`);
  const answer = await wire.text(/\r?\n\r?\n/);
  if (!/^HTTP\/1\.[01] 2\d\d\b/.test(answer)) {
    throw unexpected(`the proxy answers ${answer.split(/\r?\n/)[0]?.slice(0, 80)}`, '200');
  }
}

const WITHOUT_LOGIN = 0;
const BY_PASSWORD = 2;
const ADDRESS_LENGTHS: Readonly<Record<number, number>> = { 1: 4, 4: 16 };

/** RFC 1928, RFC 1929. The name goes to the proxy, which resolves it. */
async function askSocks(wire: Wire, { credentials }: ProxyServer, to: Parameters<Ask>[2]): Promise<void> {
  const offered = credentials === undefined ? [WITHOUT_LOGIN] : [WITHOUT_LOGIN, BY_PASSWORD];
  wire.write(Uint8Array.of(5, offered.length, ...offered));
  const [version, method] = await wire.bytes(2);
  if (version !== 5 || method === undefined || !offered.includes(method))
    throw unexpected('no method that was offered', 'SOCKS 5');
  if (method === BY_PASSWORD) await authenticate(wire, credentials);
  wire.write(concat(Uint8Array.of(5, 1, 0), socksAddress(to.host), Uint8Array.of(to.port >> 8, to.port & 0xff)));
  const [, reply = 1, , kind = 0] = await wire.bytes(4);
  if (reply !== 0) throw unexpected(`the proxy answers ${reply}`, '0');
  const length = ADDRESS_LENGTHS[kind] ?? (await wire.bytes(1))[0] ?? 0;
  await wire.bytes(length + 2);
}

async function authenticate(wire: Wire, credentials: ProxyServer['credentials']): Promise<void> {
  const { user, password } = credentials ?? { user: '', password: '' };
  const [name, secret] = [utf8(user), utf8(password)];
  if (name.length > 255 || secret.length > 255) throw unexpected('credentials of more than 255 bytes');
  wire.write(concat(Uint8Array.of(1, name.length), name, Uint8Array.of(secret.length), secret));
  const [, status] = await wire.bytes(2);
  if (status !== 0) throw unexpected('the proxy does not take the credentials');
}

function socksAddress(host: string): Uint8Array {
  if (isIPv4(host)) return concat(Uint8Array.of(1), Uint8Array.from(host.split('.').map(Number)));
  if (isIP(host) === 6) return concat(Uint8Array.of(4), ipv6Bytes(host));
  const name = utf8(host);
  return concat(Uint8Array.of(3, name.length), name);
}

/** Sixteen octets; the URL parser writes any spelling in one form, without dots. */
function ipv6Bytes(host: string): Uint8Array {
  const [head = '', tail] = new URL(`http://[${host}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string | undefined) => (part === undefined || part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const numbers = [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
  return Uint8Array.from(numbers.flatMap((group) => [group >> 8, group & 0xff]));
}
