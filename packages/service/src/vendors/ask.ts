import { type Clock, type Purpose, UpstreamError } from '@assay/core';
import type { JsonValue } from '@assay/formats';
import { flag, integer, json, matching, misfit, object, oneOf, type Reader } from '@assay/formats/shape';
import type { Service } from '../context.ts';
import { fault } from '../fault.ts';
import { remembered } from './desk.ts';
import { unavailable } from './endpoint.ts';
import { spend } from './quota.ts';
import { createRest, type Rest } from './rest.ts';
import type { CaptchaAnswer, DeviceBits, DeviceCheckDevice } from './types.ts';

type Asker = Pick<Service, 'store' | 'clock' | 'vendors'>;

export interface PlayQuestion {
  readonly iss: string;
  readonly package: string;
  readonly token: string;
  readonly purpose: Purpose;
  readonly address: string | undefined;
}

/** Google's, for a project that has not asked for more. */
const PLAY_QUOTA = 10_000;

/** Purposes of keys that are registered already. */
const KNOWN: ReadonlySet<Purpose> = new Set<Purpose>(['refresh', 'step_up']);

/**
 * What Google says is in a Play Integrity token. One call for each token and quota counted before it.
 *
 * @throws ConfigError `service.vendor_not_configured`, `service.vendor_refused_us`; UpstreamError `service.vendor_unavailable`,
 * `service.vendor_share_spent`; EvidenceError `service.vendor_refused_token`
 */
export async function openPlayToken(asker: Asker, question: PlayQuestion): Promise<JsonValue> {
  const { iss, package: name, token, purpose, address } = question;
  const { playDecode, playQuota } = asker.vendors;
  if (playDecode === undefined) throw fault('service.vendor_not_configured', { expected: `Play Integrity of ${name}` });
  const quota = playQuota?.(name) ?? PLAY_QUOTA;
  const spending = { iss, vendor: `play:${name}`, quota, address, isKnown: KNOWN.has(purpose) };
  return remembered(asker, { iss, about: ['play', name, token], read: json }, async () => {
    const rest = restOf(playDecode, asker.clock);
    assertRested(rest.waitMs());
    await spend(asker.store, spending, asker.clock());
    // Whoever has spent his share does not get as far as to take the one place of a trial.
    assertRested(rest.left());
    return noting(rest, () => playDecode(name, token));
  });
}

/**
 * Failures of an endpoint in a row, whatever status says so. More than of its line, which counts what gets no answer at all: a
 * few requests that bring a fault about on purpose must not stop all others.
 */
const FAILURES = 10;

/** How an endpoint did of late: an outage must not spend the quota of the day on calls that are not served. */
const rests = new WeakMap<object, Rest>();

function restOf(endpoint: object, clock: Clock): Rest {
  const known = rests.get(endpoint) ?? createRest(clock, FAILURES);
  rests.set(endpoint, known);
  return known;
}

function assertRested(waitMs: number): void {
  if (waitMs > 0) throw unavailable('Play Integrity', 'the last calls were not served');
}

async function noting<T>(rest: Rest, ask: () => Promise<T>): Promise<T> {
  try {
    const answer = await ask();
    rest.answered();
    return answer;
  } catch (error) {
    if (error instanceof UpstreamError) rest.failed();
    else rest.answered();
    throw error;
  }
}

const readBits: Reader<DeviceBits> = object(
  { bit0: flag, bit1: flag },
  { updated: matching(/^\d{4}-\d\d$/, 'YYYY-MM') },
);

/**
 * The two bits of a device.
 *
 * @throws as {@link openPlayToken}
 */
export async function askDeviceBits(asker: Asker, iss: string, device: DeviceCheckDevice): Promise<DeviceBits> {
  const { deviceCheck } = asker.vendors;
  if (deviceCheck === undefined) throw fault('service.vendor_not_configured', { expected: 'a DeviceCheck key' });
  const about = ['device-check', device.team, device.environment, device.token];
  return remembered(asker, { iss, about, read: readBits }, () => deviceCheck.query(device));
}

const text: Reader<string> = (value, path) => (typeof value === 'string' ? value : misfit(path, 'text'));
const readKept = object(
  { passed: flag, provider: oneOf(['turnstile', 'hcaptcha', 'recaptcha']) },
  { hostname: text, action: text, bound: text, solvedAt: integer(0) },
);

/** An answer with whose it is. */
export type AskedCaptcha = CaptchaAnswer & Pick<ReturnType<typeof readKept>, 'provider'>;

const readCaptcha: Reader<AskedCaptcha> = (value, path) => ({
  ...{ hostname: undefined, action: undefined, bound: undefined, solvedAt: undefined },
  ...readKept(value, path),
});

/**
 * A provider's word on a captcha. Remembered for this statement alone: the same captcha in another one is asked for again, and
 * a provider redeems none twice.
 *
 * @param binding text of the binding that the captcha comes with
 * @throws as {@link openPlayToken}
 */
export async function askCaptcha(asker: Asker, iss: string, token: string, binding: string): Promise<AskedCaptcha> {
  const { captcha } = asker.vendors;
  if (captcha === undefined) throw fault('service.vendor_not_configured', { expected: 'a captcha provider' });
  const { provider } = captcha;
  const about = ['captcha', provider, token, binding];
  return remembered(asker, { iss, about, read: readCaptcha }, async () => ({
    ...(await captcha.verify(token)),
    provider,
  }));
}
