import { generateKeyPairSync, sign } from 'node:crypto';
import type { VirtualGrant } from '@assay/virtual-devices';
import { z } from 'zod';
import type { Admin } from '../admin/client.ts';
import { SHOP } from './demo-app.ts';

/** Leave for simulators to enrol, each for one of them. */
export interface DemoGrants {
  /** A new one. */
  fresh(): Promise<VirtualGrant>;
  /** The one given last, which its simulator has used; a new one where none was given. */
  latest(): Promise<VirtualGrant>;
}

const Given = z.looseObject({ id: z.string() });
const HOUR_SECONDS = 3_600;

/** Gives grants as `assay dev grant` does: the server gets the public half. */
export function createDemoGrants(admin: Admin): DemoGrants {
  let last: VirtualGrant | undefined;
  const fresh = async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = publicKey.export({ format: 'jwk' });
    const wish = { app: SHOP.id, label: 'A simulator of the demo', uses: 1, seconds: HOUR_SECONDS, jwk };
    const { id } = await admin.post('grants', wish, Given);
    const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
    last = { id, sign: (input) => new Uint8Array(sign('sha256', input, key)) };
    return last;
  };
  return { fresh, latest: async () => last ?? fresh() };
}
