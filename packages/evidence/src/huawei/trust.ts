import { ConfigError } from '@assay/core';
import { loadAnchor, type TrustAnchor } from '@assay/x509';
import { HUAWEI_CBG_ROOT } from './anchors/cbg-root.ts';
import { HUAWEI_CBG_ROOT_G2 } from './anchors/cbg-root-g2.ts';
import type { HuaweiRootSource } from './anchors/source.ts';
import type { Flavour } from './flavours.ts';

/** Huawei's roots, one for each service; `kind` of an anchor says for which. */
export const HUAWEI_ANCHORS: readonly HuaweiRootSource[] = [HUAWEI_CBG_ROOT, HUAWEI_CBG_ROOT_G2];

/**
 * Huawei's roots, each checked against its digest and its own signature. Load them once, at start.
 *
 * @throws ConfigError `x509.anchor_not_genuine`
 */
export function loadHuaweiAnchors(): readonly TrustAnchor[] {
  return HUAWEI_ANCHORS.map(loadAnchor);
}

/**
 * The anchors of one service: a root of phones is none for HarmonyOS, nor the reverse.
 *
 * @throws ConfigError `x509.anchors_empty`: before any check runs, so that no evidence can hide it
 */
export function anchorsOf(anchors: readonly TrustAnchor[], flavour: Flavour): readonly TrustAnchor[] {
  const own = anchors.filter(({ kind }) => kind === flavour);
  if (own.length > 0) return own;
  throw new ConfigError('x509.anchors_empty', 'no trust anchor is configured for this kind of Huawei evidence', {
    expected: `an anchor of kind ${flavour}`,
    hint: 'pass the anchors of loadHuaweiAnchors()',
  });
}
