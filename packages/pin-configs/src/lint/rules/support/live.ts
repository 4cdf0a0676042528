import { comparable } from '../../../match/names.ts';
import type { LiveCertificate, LiveHost, Project } from '../../../project.ts';
import { keysOf } from './pins.ts';
import { policiesOf } from './policies.ts';
import type { SeenHost } from './seen.ts';

/** A host with pins whose server was looked at. */
export interface LivePolicy extends SeenHost {
  readonly name: string;
  readonly path: readonly LiveCertificate[];
  readonly keys: readonly string[];
  /** Certificates of the path whose key is pinned. */
  readonly matched: readonly LiveCertificate[];
}

/** Every host with pins that the caller looked at, patterns by their own name. */
export function* livePoliciesOf(project: Project): Iterable<LivePolicy> {
  for (const seen of policiesOf(project)) {
    const name = comparable(seen.host.host.text).replace(/^\*\*?\./, '');
    const path = project.live?.get(name)?.path;
    if (path === undefined || path.length === 0) continue;
    const keys = keysOf(seen.host);
    yield { ...seen, name, path, keys, matched: path.filter(({ pin }) => keys.includes(pin)) };
  }
}

/** What example.com of the examples serves: a leaf, its issuer and a root. */
export function exampleLive(
  leaf: Partial<LiveCertificate> & { readonly pin: string },
  issuer: string,
): ReadonlyMap<string, LiveHost> {
  const certificate = (pin: string, role: LiveCertificate['role'], notAfter: number): LiveCertificate => ({
    pin,
    certificateDigest: 'ds/SA1XI6jVeMpQFOEj2BcKNKmRuuC/+ozGz7A0g7Es=',
    role,
    notBefore: Date.UTC(2026, 9, 1),
    notAfter,
    issuer: 'CN=Example CA',
  });
  const path = [
    { ...certificate(leaf.pin, 'leaf', Date.UTC(2027, 2, 1)), ...leaf },
    certificate(issuer, 'intermediate', Date.UTC(2030, 0, 1)),
  ];
  return new Map([['example.com', { path }]]);
}
