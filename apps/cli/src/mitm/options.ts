import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { nearest } from '@assay/core';
import { CAPABILITIES, type Capability, type RunReport } from '@assay/mitm';
import { numberOf, textOf, textsOf, type Values } from '../command.ts';
import { fault } from '../reasons.ts';

/** What the options of `mitm run` say, in its strict form. */
export interface RunOptions {
  readonly command: string | undefined;
  readonly profile: string | undefined;
  readonly can: readonly Capability[];
  /** Goes before `can`, and before what the profile says. */
  readonly cannot: readonly Capability[];
  readonly hosts: readonly string[];
  readonly way: RunReport['way'];
  readonly only: readonly string[];
  readonly except: readonly string[];
  /** A file of an operator's own cases. */
  readonly casesFile: string | undefined;
  readonly watchMs: number;
  readonly limitMs: number;
  readonly clockSeconds: number;
  readonly jobs: number;
  readonly listen: { readonly address: string; readonly port: number };
  readonly acceptsKnown: boolean;
}

/** A name below which everything is reserved for tests (RFC 6761 6.2): nobody's host. */
export const DEFAULT_HOST = 'api.assay.test';
const WAYS: readonly RunReport['way'][] = ['proxy', 'socks5', 'direct', 'transparent'];

const WATCH_MS = 3_000;
const THOROUGH_MS = 30_000;
const LIMIT_S = 10;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800, y: 31_536_000 };

/** @throws RequestError `cli.usage`; ConfigError `cli.listen_refused` */
export function readRunOptions(values: Values): RunOptions {
  const [command, profile] = [textOf(values, 'exec'), textOf(values, 'profile')];
  if ((command ?? profile ?? '') === '') {
    throw fault('cli.usage', {
      message: 'no client is named',
      expected: "--exec 'COMMAND', or --profile NAME",
      hint: 'for example --exec \'curl -sS --cacert "$ASSAY_CA" --pinnedpubkey "sha256//$ASSAY_PIN" "$ASSAY_URL"\'',
    });
  }
  const hosts = textsOf(values, 'host').map(inAscii);
  return {
    ...{ command, profile, can: capabilitiesOf(values, 'can'), cannot: capabilitiesOf(values, 'cannot') },
    hosts: hosts.length === 0 ? [DEFAULT_HOST] : hosts,
    way: wayOf(values),
    ...{ only: listOf(values, 'only'), except: listOf(values, 'except'), casesFile: textOf(values, 'cases') },
    watchMs: values['thorough'] === true ? THOROUGH_MS : WATCH_MS,
    limitMs: (numberOf(values, 'limit', 1, 600) ?? LIMIT_S) * 1000,
    clockSeconds: clockOf(values),
    jobs: numberOf(values, 'jobs', 1, 64) ?? 2,
    listen: listenOf(values),
    acceptsKnown: values['accept-known'] === true,
  };
}

/** What goes over the wire, whatever the user's alphabet (RFC 5891 4.4); what cannot is told by who forges for it. */
const inAscii = (host: string): string => domainToASCII(host) || host;

/** Words with commas between them, however often the option was given. */
function listOf(values: Values, name: string): readonly string[] {
  return textsOf(values, name).flatMap((text) => text.split(',').filter((word) => word !== ''));
}

function capabilitiesOf(values: Values, option: 'can' | 'cannot'): readonly Capability[] {
  return listOf(values, option).map((name) => {
    if (Object.hasOwn(CAPABILITIES, name)) return name as Capability; // a key of the table
    const known = Object.keys(CAPABILITIES);
    const meant = nearest(name, known);
    throw fault('cli.usage', {
      ...{ message: `--${option} names no capability`, expected: known.join(', ') },
      ...(meant === undefined ? {} : { hint: `did you mean ${meant}?` }),
    });
  });
}

function wayOf(values: Values): RunReport['way'] {
  const text = textOf(values, 'way') ?? 'proxy';
  const way = WAYS.find((each) => each === text);
  if (way !== undefined) return way;
  throw fault('cli.usage', { message: '--way is none that there is', expected: WAYS.join(', ') });
}

/** Seconds of `+1y` or `-30d`; 0 when the option is missing. */
function clockOf(values: Values): number {
  const text = textOf(values, 'clock');
  if (text === undefined) return 0;
  const [, sign, count = '', unit = ''] = /^([+-])([1-9]\d{0,5})([smhdwy])$/.exec(text) ?? [];
  const seconds = Number(count) * (SECONDS[unit] ?? Number.NaN);
  if (seconds > 0) return sign === '-' ? -seconds : seconds;
  throw fault('cli.usage', {
    message: '--clock is no span of time',
    expected: '+ or -, a number, and s, m, h, d, w or y',
  });
}

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1)$/;

/**
 * ADDRESS or ADDRESS:PORT. What listens here forges certificates; beyond loopback it does so for whoever reaches it.
 */
function listenOf(values: Values): RunOptions['listen'] {
  const text = textOf(values, 'listen') ?? '127.0.0.1';
  const [, bracketed, bare, digits] = /^(?:\[([^\]]+)\]|([^:]+|[^:]*(?::[^:]*){2,}))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = bracketed ?? bare ?? '';
  const port = Number(digits ?? 0);
  if (isIP(address) === 0 || port > 65_535) {
    throw fault('cli.usage', {
      message: '--listen is no address',
      expected: '127.0.0.1, 127.0.0.1:8443 or [::1]:8443',
    });
  }
  if (!LOOPBACK.test(address) && values['reachable-from-network'] !== true) {
    throw fault('cli.listen_refused', { found: `--listen ${address}` });
  }
  return { address, port };
}
