import { fault } from '../reasons.ts';
import { parseHost } from './host.ts';

/** `HOST=ADDRESS:PORT` of `--connect`. @throws RequestError `cli.usage` */
export function readElsewhere(text: string): readonly [string, ReturnType<typeof parseHost>] {
  const [host, address, ...rest] = text.split('=');
  if (host !== undefined && address !== undefined && rest.length === 0) return [host, parseHost(address)];
  throw fault('cli.usage', { message: '--connect is not in its form', expected: 'HOST=ADDRESS:PORT' });
}
