import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { venv } from '../venv.ts';
import { freePort, type Interceptor, started } from './process.ts';

/** mitmproxy with an authority that it makes for itself in `folder`; it trusts the lab's, as it would a public one. */
export async function startMitmproxy(folder: string, labAuthority: string): Promise<Interceptor> {
  const bin = await venv('mitmproxy');
  const port = await freePort();
  const settings = [`confdir=${folder}`, `ssl_verify_upstream_trusted_ca=${labAuthority}`];
  const args = ['--quiet', '--listen-host', '127.0.0.1', '--listen-port', `${port}`];
  const options = settings.flatMap((setting) => ['--set', setting]);
  const close = await started(join(bin, 'mitmdump'), [...args, ...options], port);
  const authority = await readFile(join(folder, 'mitmproxy-ca-cert.pem'), 'utf8');
  return { name: 'mitmproxy', proxy: `http://127.0.0.1:${port}`, authority, close };
}
