import { isIP } from 'node:net';
import type { CertificateName, CertificateRecipe, ChainRecipe } from '../recipe.ts';
import { fillTemplate } from './hosts.ts';
import type { LabKey } from './keys.ts';

/** What a place is in the valid hierarchy: whether it certifies others, who certifies it, and in what it differs by nature. */
interface Role {
  readonly kind: 'server' | 'authority';
  readonly issuer: CertificateName | 'self';
  readonly nature?: CertificateRecipe;
}

export const ROLES: Readonly<Record<CertificateName, Role>> = {
  leaf: { kind: 'server', issuer: 'intermediate' },
  intermediate: { kind: 'authority', issuer: 'root' },
  'upper-intermediate': { kind: 'authority', issuer: 'root' },
  root: { kind: 'authority', issuer: 'self' },
  'second-intermediate': { kind: 'authority', issuer: 'root' },
  'impostor-intermediate': { kind: 'authority', issuer: 'root' },
  'cross-intermediate': { kind: 'authority', issuer: 'second-intermediate' },
  'expired-root': { kind: 'authority', issuer: 'self', nature: { notAfter: '-30d' } },
  'end-entity': { kind: 'server', issuer: 'intermediate', nature: { names: ['end-entity.invalid'] } },
  genuine: { kind: 'server', issuer: 'intermediate' },
  stranger: { kind: 'server', issuer: 'self', nature: { names: ['stranger.invalid'], furtherNames: 10 } },
};

/** Which member of a chain's recipe is about a place; about the others nothing can be said. */
const RECIPES: Readonly<Partial<Record<CertificateName, 'leaf' | 'intermediate' | 'upper' | 'root'>>> = {
  leaf: 'leaf',
  intermediate: 'intermediate',
  'upper-intermediate': 'upper',
  root: 'root',
};

/** What a recipe says of this place, or what the place is by nature; undefined where it is as in every chain. */
export function recipeOf(place: CertificateName, chain: ChainRecipe): CertificateRecipe | undefined {
  const member = RECIPES[place];
  return (member && chain[member]) ?? ROLES[place].nature;
}

const AUTHORITY: CertificateRecipe = {
  basicConstraints: 'ca',
  // digitalSignature for the staples that it signs (CA/B BR 7.1.2.10.7).
  keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'],
};

const SERVER: CertificateRecipe = {
  notBefore: '-30d',
  notAfter: '+30d',
  basicConstraints: 'not-ca',
  extKeyUsage: ['serverAuth'],
};

/** RSA keys may also be encrypted to, in cipher suites that forged servers offer. */
const SERVER_USAGE: Readonly<Record<LabKey['family'], NonNullable<CertificateRecipe['keyUsage']>>> = {
  ec: ['digitalSignature'],
  rsa: ['digitalSignature', 'keyEncipherment'],
  ed25519: ['digitalSignature'],
};

/** The recipe with everything that it leaves unsaid as in the valid certificate of this kind. */
export function completed(kind: Role['kind'], recipe: CertificateRecipe, host: string, key: LabKey): CertificateRecipe {
  if (kind === 'authority') return { ...AUTHORITY, ...recipe };
  return { ...SERVER, keyUsage: SERVER_USAGE[key.family], ...hostNames(recipe, host), ...recipe };
}

function hostNames({ names }: CertificateRecipe, host: string): CertificateRecipe {
  if (names !== undefined) return {};
  return isIP(host) === 0 ? { names: ['{host}'] } : { addresses: [host] };
}

/** ub-common-name (RFC 5280, appendix A). */
const LONGEST_COMMON_NAME = 64;

/** The common name of a server: told, else its first name, else the host; none where it would be too long. */
export function serverCommonName({ commonName, names = [] }: CertificateRecipe, host: string): string {
  if (commonName !== undefined) return fillTemplate(commonName, host);
  const first = fillTemplate(names[0] ?? '{host}', host);
  return first.length <= LONGEST_COMMON_NAME ? first : '';
}
