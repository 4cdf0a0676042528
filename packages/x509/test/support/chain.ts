import type { AssayError } from '@assay/core';
import {
  buildPath,
  type Crl,
  type PeerName,
  type Profile,
  parseCrl,
  RFC5280_SERVER,
  type ValidatedPath,
} from '@assay/x509';
import { X509_REASONS } from '../../src/reasons.ts';
import { anchor, type Minted, mintIntermediate, mintLeaf, mintRoot, NOW, parsed, type Spec } from './mint.ts';

/** One good chain, minted once, for tests that change one thing about it. */
export const root: Minted = mintRoot();
export const intermediate: Minted = mintIntermediate(root);
export const leaf: Minted = mintLeaf(intermediate);

export const PEER: PeerName = { kind: 'dns', value: 'www.example.test' };

/** What a validation differs in from the good one. */
export interface Change {
  readonly root?: Minted;
  readonly intermediates?: readonly Minted[];
  readonly leaf?: Minted;
  readonly at?: number;
  readonly profile?: Profile;
  readonly name?: PeerName | undefined;
  readonly crls?: readonly Uint8Array[];
}

export function validate(change: Change = {}): ValidatedPath {
  const revocation: readonly Crl[] | undefined = change.crls?.map((crl) => parseCrl(crl));
  return buildPath({
    leaf: parsed(change.leaf ?? leaf),
    intermediates: (change.intermediates ?? [intermediate]).map(parsed),
    anchors: [anchor(change.root ?? root)],
    at: change.at ?? NOW,
    profile: change.profile ?? RFC5280_SERVER,
    ...('name' in change ? (change.name ? { name: change.name } : {}) : { name: PEER }),
    ...(revocation ? { revocation } : {}),
  });
}

/** The good chain with a root, intermediate or leaf that differs. */
export function withLeaf(spec: Spec): Change {
  return { leaf: mintLeaf(intermediate, spec) };
}

export function withIntermediate(
  spec: Spec,
  leafSpec: Spec = {},
): Change & { readonly intermediates: readonly Minted[] } {
  const changed = mintIntermediate(root, spec);
  return { intermediates: [changed], leaf: mintLeaf(changed, leafSpec) };
}

export function withRoot(spec: Spec): Change {
  const changed = mintRoot(spec);
  const below = mintIntermediate(changed);
  return { root: changed, intermediates: [below], leaf: mintLeaf(below) };
}

/** For assert.throws: an error of this code, in the family that the registry declares for it. */
export function fault(code: keyof typeof X509_REASONS): (error: unknown) => boolean {
  return (error) => {
    const { code: actual, family } = error as AssayError;
    if (actual !== code) throw error;
    return family === X509_REASONS[code].family;
  };
}
