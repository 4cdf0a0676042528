import { X509_REASONS } from '@assay/x509';
import type { DescribedPin } from '../described.ts';
import type { Looked } from '../looked.ts';

/** A second key, from nothing to its pin. */
const SECOND_KEY =
  'make a second key, keep it offline and pin it too: openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout backup.key -out backup.csr -subj /CN=backup, then assay pins get backup.csr';

/** What to do about a finding that says no more by itself, one row a reason. */
export const NEXT = {
  crashes: 'assay pins lint on this file names what the platform refuses, and how to write it',
  refused: 'pin one that is served beside those that are there and release, or serve a key that is pinned',
  pins_end: 'release with a later day before then; assay pins get on the host prints what to pin',
  certificate_ends: 'renew it; its key, or one above it, must be one that is pinned',
  one_pin: SECOND_KEY,
  no_backup: SECOND_KEY,
  leaf_only: 'renew with the same key (certbot --reuse-key), or with the key that is pinned as backup',
} as const;

/** Refusals that have a nearer step here than the reason itself has. */
const PATH_NEXT: Readonly<Record<string, string>> = {
  'x509.expired': 'renew the certificate, and let the host load it',
  'x509.name_mismatch': 'let the host serve a certificate for its name; --sni asks for another name',
  'x509.chain_empty': 'let the host send its certificate',
};

/** Authorities of one's own often keep to other rules than those of the public web, and that is found before the root is missed. */
const WITHOUT_ROOT: ReadonlySet<string> = new Set(['x509.untrusted', 'x509.profile_violation']);

/** What is missing where the path that a host serves does not hold. Nothing of such a path is fit to be pinned. */
export function nextForPath({ path, pins }: Pick<Looked, 'path' | 'pins'>): string {
  if (path.valid) return NEXT.refused;
  const last = pins.at(-1);
  if (WITHOUT_ROOT.has(path.code) && last !== undefined) return nextForIssuer(last, path.roots);
  return PATH_NEXT[path.code] ?? hintOf(path.code) ?? 'assay pins get on the host shows the chain as it is sent';
}

function nextForIssuer({ role, subject, certificate }: DescribedPin, roots: string): string {
  const own = 'give its PEM with --roots FILE';
  if (role === 'root') return `${roots} do not hold ${subject}: where it is your own authority, ${own}`;
  const issuer = certificate?.issuer ?? 'its issuer';
  return `the host sends nothing above ${subject}: let it send the intermediate ${issuer} too (the full chain); where that is your own authority, ${own}`;
}

const hintOf = (code: string): string | undefined =>
  Object.entries(X509_REASONS).find(([each]) => each === code)?.[1].hint;
