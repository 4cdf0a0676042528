import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fetch } from '@assay/core';
import { toBase64 } from '@assay/formats';
import {
  createVirtualAppCheck,
  createVirtualCaptcha,
  type TestRoots,
  type VirtualAppCheck,
  type VirtualCaptcha,
} from '@assay/virtual-devices';
import { SHOP } from './demo-app.ts';
import { random } from './random.ts';

/** Google, Huawei and the captcha's provider, as far as the server asks them: all of it is played here, and nobody else is asked. */
export interface DemoVendors {
  /** What a page of the shop solves, and a page that only looks like it. */
  readonly captcha: VirtualCaptcha;
  readonly captchaElsewhere: VirtualCaptcha;
  /** Of the shop's project, and of somebody else's. */
  readonly appCheck: () => VirtualAppCheck;
  readonly appCheckElsewhere: () => VirtualAppCheck;
}

export const SHOP_HOST = 'shop.example.com';
export const FIREBASE = { project: '100000000001', appId: '1:100000000001:android:5a0b' } as const;

export function createDemoVendors(): DemoVendors {
  const ports = { random, clock: Date.now };
  return {
    captcha: createVirtualCaptcha({ host: SHOP_HOST, ...ports }),
    captchaElsewhere: createVirtualCaptcha({ host: 'shop.example.net', ...ports }),
    // Their keys are RSA, which takes a while to make.
    appCheck: once(() => createVirtualAppCheck({ ...FIREBASE, ...ports })),
    appCheckElsewhere: once(() =>
      createVirtualAppCheck({ project: '100000000002', appId: '1:100000000002:android:5a0b', ...ports }),
    ),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The network of the demo's server: two addresses of vendors. */
export function vendorNetwork(vendors: DemoVendors): Fetch {
  return async (request) => {
    const { hostname } = new URL(request.url);
    if (hostname === 'firebaseappcheck.googleapis.com') return Response.json(vendors.appCheck().keys);
    if (hostname === 'challenges.cloudflare.com') return Response.json(await siteVerify(vendors, await request.text()));
    throw new TypeError(`the demo asks nobody: ${hostname}`);
  };
}

/** As Turnstile answers. */
async function siteVerify({ captcha, captchaElsewhere }: DemoVendors, body: string): Promise<object> {
  const token = new URLSearchParams(body).get('response') ?? '';
  const own = await captcha.verify(token);
  const { passed, hostname, bound, solvedAt } = own.passed ? own : await captchaElsewhere.verify(token);
  if (!passed || solvedAt === undefined) return { success: false, 'error-codes': ['invalid-input-response'] };
  const solved = { success: true, 'error-codes': [], challenge_ts: new Date(solvedAt).toISOString() };
  return { ...solved, hostname, action: '', cdata: bound };
}

/** Writes the file of vendors with the keys that it names, as an operator would. Returns its path. */
export function writeVendors(data: string, { playKeys }: TestRoots): string {
  const secrets = {
    'play-decryption-key': toBase64(playKeys.decryptionKey),
    'play-verification-key': toBase64(playKeys.verificationKey),
    'captcha-secret': toBase64(random(24)),
  };
  for (const [name, text] of Object.entries(secrets)) writePrivate(join(data, name), text);
  const keys = { decryptionKeyFile: 'play-decryption-key', verificationKeyFile: 'play-verification-key' };
  const file = {
    play: { keys: [{ package: SHOP.virtual.package, ...keys }] },
    captcha: { provider: 'turnstile', secretFile: 'captcha-secret' },
  };
  const path = join(data, 'vendors.json');
  writePrivate(path, `${JSON.stringify(file, undefined, 2)}\n`);
  return path;
}

/** The mode that the server asks for. */
function writePrivate(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
}
