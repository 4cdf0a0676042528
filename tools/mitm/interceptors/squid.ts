import { execFile } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, type Interceptor, started } from './process.ts';

const run = promisify(execFile);

/** Where Debian has it; `squid` may be outside of a user's PATH. */
const SQUID = '/usr/sbin/squid';
const MINTER = '/usr/lib/squid/security_file_certgen';

/** squid with ssl-bump, which forges a certificate for whatever host is asked for. */
export async function startSquid(folder: string, labAuthority: string): Promise<Interceptor> {
  const [key, certificate] = [join(folder, 'authority.key'), join(folder, 'authority.pem')];
  await makeAuthority(key, certificate);
  await run(MINTER, ['-c', '-s', join(folder, 'minted'), '-M', '4MB']);
  const port = await freePort();
  const configuration = join(folder, 'squid.conf');
  await writeFile(configuration, settings({ folder, port, key, certificate, labAuthority }));
  // As root, squid becomes another user, who must be able to read and write here.
  await run('chmod', ['-R', 'a+rwX', folder]);
  await chmod(folder, 0o777);
  const close = await started(SQUID, ['-N', '-f', configuration], port);
  return { name: 'squid', proxy: `http://127.0.0.1:${port}`, authority: await readFile(certificate, 'utf8'), close };
}

async function makeAuthority(key: string, certificate: string): Promise<void> {
  const curve = ['-newkey', 'rsa:2048', '-nodes', '-keyout', key];
  const extensions = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign'];
  await run('openssl', [
    'req',
    '-x509',
    ...curve,
    '-out',
    certificate,
    '-days',
    '30',
    '-subj',
    '/CN=Squid',
    ...extensions,
  ]);
}

interface Place {
  readonly folder: string;
  readonly port: number;
  readonly key: string;
  readonly certificate: string;
  readonly labAuthority: string;
}

const settings = ({ folder, port, key, certificate, labAuthority }: Place): string => `
http_port 127.0.0.1:${port} ssl-bump tls-cert=${certificate} tls-key=${key} generate-host-certificates=on
sslcrtd_program ${MINTER} -s ${join(folder, 'minted')} -M 4MB
sslcrtd_children 1
ssl_bump bump all
tls_outgoing_options cafile=${labAuthority}
http_access allow all
pid_filename ${join(folder, 'squid.pid')}
cache_log ${join(folder, 'cache.log')}
access_log none
cache deny all
shutdown_lifetime 0 seconds
`;
