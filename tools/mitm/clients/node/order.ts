import { readFileSync } from 'node:fs';

/** What the harness asks of its client, as `assay mitm run` puts it into the environment. */
export interface Order {
  /** Trusted authorities, PEM. */
  readonly ca: string;
  /** base64 SHA-256 of every key that is right. */
  readonly pins: readonly string[];
  /** Of the keys that are right for one host: the second host has one key of its own. */
  pinsOf(host: string): readonly string[];
  readonly steps: readonly string[];
  /** Where a step goes; undefined for one that is no request, or has no address here. */
  urlOf(step: string): string | undefined;
}

const URLS: Readonly<Record<string, string>> = {
  request: 'ASSAY_URL',
  websocket: 'ASSAY_URL',
  'second-host': 'ASSAY_SECOND_URL',
  'plain-request': 'ASSAY_PLAIN_URL',
};

/** `further`: variables of steps that not every client takes. */
export function orderOf(env: NodeJS.ProcessEnv, further: Readonly<Record<string, string>> = {}): Order {
  const pins = (env['ASSAY_PINS'] ?? '').split(',');
  const variables = { ...URLS, ...further };
  const second = hostOf(env['ASSAY_SECOND_URL']);
  return {
    ca: readFileSync(env['ASSAY_CA'] ?? '', 'utf8'),
    pins,
    pinsOf: (host) => (host === second ? pins.slice(1, 2) : pins),
    steps: (env['ASSAY_STEPS'] ?? 'request').split(','),
    urlOf: (step) => env[variables[step] ?? ''],
  };
}

const hostOf = (url: string | undefined): string | undefined => (url === undefined ? undefined : new URL(url).hostname);

/** Does one step, and says in a word what came of it. */
export type Act = (url: string, step: string) => Promise<string>;

/** Takes each step, whatever became of the one before. Whether all succeeded becomes the exit status. */
export async function follow(order: Order, act: Act): Promise<void> {
  for (const step of order.steps) {
    const url = order.urlOf(step);
    if (url === undefined) continue;
    try {
      process.stdout.write(`${step}: ${await act(url, step)}\n`);
    } catch (error) {
      process.exitCode = 1;
      process.stderr.write(`${step}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}
