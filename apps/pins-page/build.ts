// Writes the page into assets/, for the published package.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundlePage, MAX_PAGE_BYTES } from './src/bundle.ts';

const page = await bundlePage();
const size = Buffer.byteLength(page);
if (size > MAX_PAGE_BYTES) throw new Error(`the page has ${size} bytes, at most ${MAX_PAGE_BYTES}`);
const assets = join(import.meta.dirname, 'assets');
await mkdir(assets, { recursive: true });
await writeFile(join(assets, 'index.html'), page);
