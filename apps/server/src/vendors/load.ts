import { dirname, resolve } from 'node:path';
import { type Clock, ConfigError, type Fetch, type Random } from '@assay/core';
import { FormatError, parseStrictJson } from '@assay/formats';
import {
  createAppCheckKeys,
  createAppleReceipts,
  createCaptcha,
  createDeviceCheck,
  createPlayDecoder,
  createPlayRecall,
  createTeamTokens,
  type Vendors,
} from '@assay/service';
import type { Config } from '../config/schema.ts';
import { readPrivate } from './files.ts';
import { readAppleKey, readGoogleAccount, readPlayKeys, readSecret } from './keys.ts';
import { type VendorsFile, VendorsSchema } from './schema.ts';

export interface VendorPorts {
  readonly clock: Clock;
  readonly random: Random;
  /** Default: Node's own. */
  readonly fetch?: Fetch | undefined;
}

/** Ports, and where the files lie that the file names. */
interface Bench extends VendorPorts {
  readonly fetch: Fetch;
  readonly at: (path: string) => string;
}

/**
 * The services of vendors that this server may ask. Keys are read and tried here, so that a wrong file stops the start and not
 * the first app; nobody is asked yet. The keys of App Check are public and need no settings.
 *
 * @throws ConfigError `server.vendors_invalid`, `server.vendor_key_unreadable`, `server.vendor_key_readable_by_others`
 */
export function loadVendors({ vendorsFile }: Pick<Config, 'vendorsFile'>, { fetch, ...rest }: VendorPorts): Vendors {
  const folder = dirname(vendorsFile ?? '.');
  const bench: Bench = {
    ...rest,
    fetch: fetch ?? ((request) => globalThis.fetch(request)),
    at: (path) => resolve(folder, path),
  };
  const file = vendorsFile === undefined ? {} : readFile(vendorsFile);
  return {
    ...playOf(file, bench),
    ...appleOf(file, bench),
    ...captchaOf(file, bench),
    appCheckKeys: createAppCheckKeys(bench),
  };
}

function readFile(path: string): VendorsFile {
  const text = readPrivate(path);
  try {
    const { data, error } = VendorsSchema.safeParse(parseStrictJson(text, { maxDepth: 6 }));
    if (data !== undefined) return data;
    throw invalid(
      path,
      error?.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`).join('; '),
    );
  } catch (error) {
    if (error instanceof FormatError) throw invalid(path, error.message);
    throw error;
  }
}

function invalid(path: string, found: string | undefined): ConfigError {
  const hint = 'see docs/configuration.md for every member';
  return new ConfigError('server.vendors_invalid', `the file of vendors is not valid: ${path}`, { found, hint });
}

function playOf(
  { play }: VendorsFile,
  bench: Bench,
): Pick<Vendors, 'playKeys' | 'playDecode' | 'playRecall' | 'playQuota'> {
  const { keys = [], serviceAccountFile, dailyQuota = {} } = play ?? {};
  const byPackage = new Map(
    keys.map((each) => [
      each.package,
      readPlayKeys(bench.at(each.decryptionKeyFile), bench.at(each.verificationKeyFile)),
    ]),
  );
  const quotas = new Map(Object.entries(dailyQuota));
  const account = serviceAccountFile === undefined ? undefined : readGoogleAccount(bench.at(serviceAccountFile));
  return {
    playKeys: (name) => byPackage.get(name),
    playQuota: (name) => quotas.get(name),
    ...(account === undefined
      ? {}
      : { playDecode: createPlayDecoder(bench, { account }), playRecall: createPlayRecall(bench, { account }) }),
  };
}

function appleOf({ apple }: VendorsFile, bench: Bench): Pick<Vendors, 'appleReceipt' | 'deviceCheck'> {
  if (apple === undefined) return {};
  const keys = apple.map(({ team, keyId, keyFile }) => ({ team, keyId, key: readAppleKey(bench.at(keyFile)) }));
  const authorize = createTeamTokens(bench.clock, keys);
  return { appleReceipt: createAppleReceipts(bench, authorize), deviceCheck: createDeviceCheck(bench, authorize) };
}

function captchaOf({ captcha }: VendorsFile, bench: Bench): Pick<Vendors, 'captcha'> {
  if (captcha === undefined) return {};
  const { provider, secretFile, minScore } = captcha;
  const secret = readSecret(bench.at(secretFile));
  return { captcha: createCaptcha(bench, { provider, secret, ...(minScore === undefined ? {} : { minScore }) }) };
}
