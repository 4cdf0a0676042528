import { RequestError } from '@assay/core';
import { type App, memberPlace, membersOf } from '../app.ts';
import type { AuditFact } from './fact.ts';

/** Names of the blocks (source.android.com/docs/security/features/apksigning). */
const SCHEMES: ReadonlyMap<number, string> = new Map([
  [0x7109871a, 'v2'],
  [0xf05368c0, 'v3'],
  [0x1b93ad61, 'v3.1'],
]);
const MAGIC = 'APK Sig Block 42';
const FOOTER = 24;
const MAX_BLOCK = 1 << 24;
const MAX_PAIRS = 64;
const V1 = /^META-INF\/[^/]+\.(?:RSA|DSA|EC)$/i;

/** Which signatures are there. Nothing is verified: that takes the certificate that the publisher expects. */
export async function signatureFacts(app: App): Promise<readonly AuditFact[]> {
  const jar = membersOf(app, V1);
  const seen = [...(jar.length > 0 ? ['v1'] : []), ...(await blockSchemes(app))];
  const place = memberPlace(app, jar[0] ?? (seen.length > 0 ? 'APK Signing Block' : 'META-INF'));
  return [{ topic: 'signature', id: 'schemes', place, ...judged(app, seen) }];
}

function judged(app: App, seen: readonly string[]): Pick<AuditFact, 'level' | 'says'> {
  if (seen.length === 0) return { level: 'warning', says: 'no signature was found' };
  const says = `signed by scheme ${seen.join(', ')}; nothing was verified`;
  const isWeak = app.form === 'apk' && seen.join() === 'v1';
  return isWeak
    ? { level: 'warning', says: `${says}; v1 alone leaves parts of the file open to change` }
    : { level: 'info', says };
}

async function blockSchemes(app: App): Promise<readonly string[]> {
  if (app.form !== 'apk') return [];
  try {
    const footer = await app.entries.readBeforeDirectory(FOOTER);
    const size = footer.length === FOOTER ? blockSize(footer) : 0;
    return size === 0 ? [] : schemesIn(await app.entries.readBeforeDirectory(size));
  } catch (error) {
    if (error instanceof RequestError) return [];
    throw error;
  }
}

/** The bytes of the block without its first field, or 0 where there is none. */
function blockSize(footer: Uint8Array): number {
  if (String.fromCharCode(...footer.subarray(8)) !== MAGIC) return 0;
  const size = Number(viewOf(footer).getBigUint64(0, true));
  return size > FOOTER && size <= MAX_BLOCK ? size : 0;
}

/** Pairs of a length and a number with its value, up to the footer. */
function schemesIn(block: Uint8Array): readonly string[] {
  const view = viewOf(block);
  const found: string[] = [];
  for (let at = 0, left = MAX_PAIRS; left > 0 && at + 12 <= block.length - FOOTER; left -= 1) {
    found.push(SCHEMES.get(view.getUint32(at + 8, true)) ?? '');
    at += 8 + Number(view.getBigUint64(at, true));
  }
  return found.filter((scheme) => scheme !== '').sort();
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
