import { createHash, X509Certificate } from 'node:crypto';
import { AssayError } from '@assay/core';
import type { LiveCertificate, LiveHost, Project } from '@assay/pin-configs';
import { spkiDigest, spkiOf } from '@assay/x509';
import type { World } from '../../command.ts';
import { plain } from '../../speech.ts';
import { type ConnectOptions, type parseHost, servedChain } from '../host.ts';

const AT_ONCE = 8;

export interface LiveOptions {
  readonly trust: Exclude<ConnectOptions['trust'], 'none'>;
  readonly timeoutMs: number;
  /** Where to connect instead, by host. */
  readonly elsewhere: ReadonlyMap<string, ReturnType<typeof parseHost>>;
}

/**
 * What every pinned host of a project serves now, by a chain that validates. A host that cannot be reached, or serves no valid
 * chain, is talked about and left out: its rules stay silent, the others go on.
 */
export async function lookAtHosts(
  { speech, signal }: World,
  project: Project,
  { trust, timeoutMs, elsewhere }: LiveOptions,
): Promise<ReadonlyMap<string, LiveHost>> {
  const found = new Map<string, LiveHost>();
  const hosts = hostsOf(project);
  const look = async (host: string) => {
    const target = { host, port: 443, connectTo: elsewhere.get(host) };
    const chain = await servedChain(target, { trust, timeoutMs, signal });
    found.set(host, { path: chain.map(describe) });
  };
  for (let from = 0; from < hosts.length; from += AT_ONCE) {
    const batch = hosts.slice(from, from + AT_ONCE);
    const looked = await Promise.allSettled(batch.map(look));
    for (const [index, { status, ...rest }] of looked.entries()) {
      if (status === 'rejected')
        speech.talk(`${batch[index]}: ${plain(reasonOf('reason' in rest ? rest.reason : undefined))}`);
    }
  }
  return found;
}

/** Only names that can be asked as they stand: a wildcard names no host. */
function hostsOf({ documents }: Project): readonly string[] {
  const names = documents.flatMap(({ pinned }) => pinned.map(({ host }) => host.text.toLowerCase()));
  return [...new Set(names)].filter((name) => /^(?=.{1,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(name)).sort();
}

function describe(der: Uint8Array): LiveCertificate {
  const certificate = new X509Certificate(der);
  return {
    pin: spkiDigest(spkiOf(der)),
    certificateDigest: createHash('sha256').update(der).digest('base64'),
    role: certificate.ca ? (certificate.checkIssued(certificate) ? 'root' : 'intermediate') : 'leaf',
    notBefore: certificate.validFromDate.getTime(),
    notAfter: certificate.validToDate.getTime(),
    issuer: certificate.issuer,
  };
}

const reasonOf = (error: unknown): string =>
  error instanceof AssayError ? [error.message, error.detail.found].filter(Boolean).join(': ') : String(error);
