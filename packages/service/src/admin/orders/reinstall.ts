import type { Order, Platform } from '@assay/core';
import type { Service } from '../../context.ts';
import type { Issuer } from '../../issuers.ts';
import { MARK_ROWS, type MarkVendor } from '../../marks/bits.ts';

/**
 * What becomes of a ban when the app is installed anew. `holds`: it names no install. `marked`: the device is marked at this
 * vendor with the next message that lets the server do so. `ends`: the new install is another one.
 */
export type Reinstall =
  | { readonly outcome: 'holds' | 'ends' }
  | { readonly outcome: 'marked'; readonly vendor: MarkVendor };

const VENDORS: { readonly [P in Platform]?: MarkVendor } = { ios: 'device_check', android: 'device_recall' };

export async function reinstallOf(
  { registry, vendors }: Pick<Service, 'registry' | 'vendors'>,
  { iss }: Issuer,
  { target, app: id }: Order,
  platform: Platform | undefined,
): Promise<Reinstall> {
  if (target !== 'lineage') return { outcome: 'holds' };
  const app = id === null ? undefined : await registry.app(iss, id);
  const row = MARK_ROWS.find(({ vendor }) => platform !== undefined && vendor === VENDORS[platform]);
  const isMarked = app !== undefined && row?.bitOf(app) !== undefined && row.isWritable(vendors);
  return isMarked ? { outcome: 'marked', vendor: row.vendor } : { outcome: 'ends' };
}
