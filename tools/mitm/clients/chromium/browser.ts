import { importWeight } from '../../../weights.ts';

/** As much of Playwright as this needs; its own types are there only where `npm test` has installed it. */
export interface Page {
  goto(url: string, options: { timeout: number }): Promise<{ status(): number } | null>;
  evaluate(script: string): Promise<unknown>;
}

export interface Context {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

export interface Browser {
  newContext(options: { proxy?: { server: string } }): Promise<Context>;
  version(): string;
  close(): Promise<void>;
}

export interface BrowserServer {
  wsEndpoint(): string;
  close(): Promise<void>;
}

interface ServerOptions {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly headless: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Chromium {
  launchServer(options: ServerOptions): Promise<BrowserServer>;
  connect(endpoint: string): Promise<Browser>;
}

export async function chromium(): Promise<Chromium> {
  const { default: playwright } = await importWeight('playwright-core');
  if (!isPlaywright(playwright)) throw new Error('not the package that we know');
  return playwright.chromium;
}

function isPlaywright(value: unknown): value is { readonly chromium: Chromium } {
  return typeof value === 'object' && value !== null && 'chromium' in value;
}
