import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { importWeight } from '../weights.ts';

/** As much of Playwright as the tests of our pages use; its own types are there only where `npm test` has installed it. */
export interface Locator {
  locator(selector: string): Locator;
  first(): Locator;
  nth(index: number): Locator;
  filter(options: { hasText: string }): Locator;
  click(): Promise<void>;
  focus(): Promise<void>;
  press(key: string): Promise<void>;
  fill(text: string): Promise<void>;
  selectOption(value: string): Promise<unknown>;
  setInputFiles(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void>;
  inputValue(): Promise<string>;
  count(): Promise<number>;
  allInnerTexts(): Promise<string[]>;
  getAttribute(name: string): Promise<string | null>;
  waitFor(options?: { state?: 'visible' | 'hidden' | 'attached' | 'detached' }): Promise<void>;
  isVisible(): Promise<boolean>;
}

export interface Page {
  goto(url: string): Promise<unknown>;
  locator(selector: string): Locator;
  evaluate<T>(script: string): Promise<T>;
  setDefaultTimeout(milliseconds: number): void;
  emulateMedia(media: { colorScheme: 'light' | 'dark' }): Promise<void>;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  screenshot(options: { path: string; fullPage?: boolean }): Promise<unknown>;
  on(event: 'pageerror', listener: (error: Error) => void): void;
  on(event: 'console', listener: (message: { type(): string; text(): string }) => void): void;
  on(event: 'request', listener: (request: { url(): string }) => void): void;
  keyboard: { press(key: string): Promise<void> };
}

interface Context {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

interface Browser {
  newContext(options: { locale: string; viewport: { width: number; height: number } }): Promise<Context>;
  close(): Promise<void>;
}

interface Launcher {
  launch(options: { executablePath: string; args: readonly string[]; headless: boolean }): Promise<Browser>;
}

interface Binary {
  readonly args: readonly string[];
  setGraphicsMode: boolean;
  executablePath(): Promise<string>;
}

/** A page, and everything that went wrong on it. */
export interface Watched {
  readonly page: Page;
  readonly faults: string[];
  /** Origins that were asked for anything. */
  readonly origins: ReadonlySet<string>;
  close(): Promise<void>;
}

export async function launchBrowser(): Promise<Browser> {
  const { default: playwright } = await importWeight('playwright-core');
  const executablePath = await unpacked();
  const { default: binary } = await importWeight('@sparticuz/chromium');
  assert.ok(isPlaywright(playwright) && isBinary(binary), 'not the packages that we know');
  return playwright.chromium.launch({ executablePath, args: binary.args, headless: true });
}

/** Of this checkout and this user alone: the package would unpack into a place that all users share, and run what it finds. */
const BROWSER_FOLDER = join(import.meta.dirname, '../weights/.browser');

/** Where the browser is, unpacked on first use. */
export async function unpacked(): Promise<string> {
  mkdirSync(BROWSER_FOLDER, { recursive: true, mode: 0o700 });
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = BROWSER_FOLDER;
  try {
    const { default: binary } = await importWeight('@sparticuz/chromium');
    assert.ok(isBinary(binary), 'not the package that we know');
    binary.setGraphicsMode = false;
    return await binary.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

function isPlaywright(value: unknown): value is { readonly chromium: Launcher } {
  return typeof value === 'object' && value !== null && 'chromium' in value;
}

function isBinary(value: unknown): value is Binary {
  return typeof value === 'function' && 'executablePath' in value && 'args' in value;
}

/** Text as a reader sees it. */
export async function textOf(locator: Locator): Promise<string> {
  return (await locator.allInnerTexts()).join('\n');
}

/** What Chromium says of a server that stops or has stopped, and of nothing else. */
const CUT = /net::ERR_(?:CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|CONNECTION_RESET|EMPTY_RESPONSE)|status of 503/;

/** For one thing to appear; what takes longer on a busy machine is broken. */
const PATIENCE_MS = 15_000;

/** A new page that notes script errors, console errors and CSP violations. */
export async function openPage(browser: Browser, url: string): Promise<Watched> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const faults: string[] = [];
  const origins = new Set<string>();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !CUT.test(message.text())) faults.push(message.text());
  });
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await page.goto(url);
  return { page, faults, origins, close: () => context.close() };
}
