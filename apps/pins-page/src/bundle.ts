import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const PAGE = join(import.meta.dirname, 'page');

/** Bytes that the page may weigh: it is opened from disks and mail attachments too. */
export const MAX_PAGE_BYTES = 700_000;

/**
 * The page as one file: script and style stand inside, allowed by their digests, and its policy lets it ask nobody for
 * anything. The worker that it makes of its own script inherits that policy.
 */
export async function bundlePage(): Promise<string> {
  const [script, style, html] = await Promise.all([
    bundled('main.ts'),
    bundled('page.css'),
    readFile(join(PAGE, 'page.html'), 'utf8'),
  ]);
  return html
    .replace('@policy@', policyOf(script, style))
    .replace('@icon@', ICON)
    .replace('<style></style>', () => `<style>${style}</style>`)
    .replace('<script></script>', () => `<script>${script}</script>`);
}

/** Minified, for browsers of the last years; a module of Node in it is an error. */
async function bundled(entry: string): Promise<string> {
  const { outputFiles, warnings } = await build({
    entryPoints: [join(PAGE, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    conditions: ['@assay/source'],
    legalComments: 'none',
    logLevel: 'silent',
  });
  const [file] = outputFiles;
  // What the bundler only warns of, such as a name that a module does not export, fails in the reader's hands.
  if (file === undefined || warnings.length > 0) throw new Error(`${entry}: ${warnings[0]?.text ?? 'not bundled'}`);
  return closed(file.text.trim());
}

/** An element of script or style ends at its end tag wherever that stands, and a script's grammar turns at `<!--`. */
const closed = (text: string): string => text.replaceAll(/<(?=\/(?:script|style)|!--|script)/gi, '\\x3c');

function policyOf(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src '${digestOf(script)}'`,
    `style-src '${digestOf(style)}'`,
    'img-src data:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

const digestOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M16 2 28 7v9c0 7.2-5 12-12 14C9 28 4 23.2 4 16V7z" fill="#0f766e"/><path d="m10 16.5 4.2 4.2L22.5 12" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>',
)}`;
