import { readFile } from 'node:fs/promises';

/** Where a published package has the page. */
const BUILT = new URL('../assets/index.html', import.meta.url);

/** The whole page as one HTML file: bundled now when this runs from source, as it was built when it is installed. */
export async function pinsPage(): Promise<string> {
  if (!import.meta.filename.endsWith('.ts')) return readFile(BUILT, 'utf8');
  const { bundlePage } = await import('./bundle.ts');
  return bundlePage();
}
