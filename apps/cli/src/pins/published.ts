import { parseBase64url, parseStrictJson } from '@assay/formats';
import { NODE_PIN_CRYPTO, type RootDocument, verifyRootDocument, walkRoots } from '@assay/pins';
import { z } from 'zod';
import type { Admin } from '../admin/client.ts';
import { fault } from '../reasons.ts';

const Wire = z.looseObject({ payload: z.string() });
const Published = z.looseObject({ roots: z.array(Wire), set: Wire.nullable() });
const Head = z.looseObject({ epoch: z.int().min(1), v: z.int().min(1) });

/** What a server publishes for an app: the newest root document, and the place of the newest set. */
export interface Published {
  readonly root: RootDocument | undefined;
  readonly newest: { readonly epoch: number; readonly v: number } | undefined;
}

/**
 * Reads what is published and follows the root documents as an app would.
 *
 * @throws RequestError `pins.*` when the server publishes roots that apps would not follow
 */
export async function readPublished(admin: Admin, app: string, now: number): Promise<Published> {
  const { roots, set } = await admin.get(`apps/${encodeURIComponent(app)}/pins`, Published);
  const [first, ...later] = roots.map((wire) => JSON.stringify(wire));
  const newest = set === null ? undefined : headOf(set.payload);
  if (first === undefined) return { root: undefined, newest };
  const context = { app, env: admin.env, ...NODE_PIN_CRYPTO };
  const root = await walkRoots(await verifyRootDocument(first, context), later, { ...context, now });
  return { root, newest };
}

function headOf(payload: string): z.output<typeof Head> {
  const result = Head.safeParse(parseStrictJson(parseBase64url(payload)));
  if (result.success) return { epoch: result.data.epoch, v: result.data.v };
  throw fault('cli.server_answer_unknown', { found: 'a pin set without epoch and version' });
}
