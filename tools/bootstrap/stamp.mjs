import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf } from './trees.mjs';

const STAMP = 'node_modules/.assay-install';

/** What an installed tree must carry to be current: a digest of the files that decide it, for this platform. */
export function expectedStamp(dir, platform = `${process.platform}-${process.arch}`) {
  const hash = createHash('sha256');
  for (const file of filesOf(dir)) hash.update(`${file}\0${contentOf(join(dir, file))}\0`);
  return `${hash.digest('hex')} ${platform}`;
}

export function isCurrent(dir) {
  return contentOf(join(dir, STAMP)) === expectedStamp(dir);
}

export function writeStamp(dir) {
  writeFileSync(join(dir, STAMP), expectedStamp(dir));
}

/** A folder without a manifest (left over from another branch) counts as empty: npm ignores it too. */
function contentOf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
