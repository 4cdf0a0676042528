import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { type Clock, ConfigError } from '@assay/core';
import { loadAppleTrust, loadGoogleHardwareAnchors, parseStatusList } from '@assay/evidence';
import { parsePem, toPem } from '@assay/formats';
import type { Trust } from '@assay/service';
import { loadAnchor, type TrustAnchor } from '@assay/x509';
import type { Config } from './config/schema.ts';
import type { SERVER_REASONS } from './reasons.ts';

/** Day on which the shipped anchors were taken from their vendors. */
const ANCHORS_VERSION = '2026-11-21';
const RELOAD_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Whom this process believes: the vendors' roots, or test roots and nothing else. */
export interface LoadedTrust extends Trust {
  /** Epoch milliseconds of the status list's copy, even of one that is too old to count. */
  readonly statusListAt: () => number | undefined;
  readonly isTest: boolean;
}

/**
 * Loads trust data. Test roots replace the vendors' roots: one environment never believes both.
 *
 * @throws ConfigError `x509.anchor_not_genuine`, `server.test_roots_unreadable`, `server.status_list_unreadable`
 */
export function loadTrust(
  config: Pick<Config, 'testRoots' | 'statusList' | 'statusListMaxAgeHours'>,
  clock: Clock,
): LoadedTrust {
  const statusList = statusListReader(config.statusList, clock);
  const maxAge = config.statusListMaxAgeHours * HOUR_MS;
  const status = {
    statusList: () => {
      const current = statusList();
      return current !== undefined && clock() - current.at <= maxAge ? current.copy : undefined;
    },
    statusListAt: () => statusList()?.at,
  };
  if (config.testRoots === undefined) {
    const [apple, android] = [loadAppleTrust(), loadGoogleHardwareAnchors()];
    return { apple, android, version: ANCHORS_VERSION, isTest: false, ...status };
  }
  const roots = testRoots(config.testRoots);
  return { apple: { attestation: roots, receipt: roots }, android: roots, version: 'test', isTest: true, ...status };
}

function testRoots(path: string): readonly TrustAnchor[] {
  const roots = readFile(path, 'server.test_roots_unreadable', 'the file of test roots', (pem) =>
    parsePem(pem, 'CERTIFICATE'),
  );
  if (roots.length === 0) throw new ConfigError('server.test_roots_unreadable', 'the file of test roots holds none');
  return roots.map((der, index) =>
    loadAnchor({
      ...{ id: `test-root-${index + 1}`, source: path, date: 'test', kind: 'hardware' },
      pem: toPem(der, 'CERTIFICATE'),
      sha256: hash('sha256', der, 'hex'),
    }),
  );
}

interface StatusCopy {
  readonly copy: { readonly list: ReturnType<typeof parseStatusList>; readonly version: string };
  readonly at: number;
}

/** Reads the copy again when its file has changed; a broken newer file leaves the last good copy in force. */
function statusListReader(path: string | undefined, clock: Clock): () => StatusCopy | undefined {
  if (path === undefined) return () => undefined;
  let current = readStatusList(path);
  let checkedAt = clock();
  return () => {
    if (clock() - checkedAt < RELOAD_MS) return current;
    checkedAt = clock();
    try {
      if (statSync(path).mtimeMs !== current.at) current = readStatusList(path);
    } catch {
      // the last good copy stays until it is too old to count; its age is a metric
    }
    return current;
  };
}

function readStatusList(path: string): StatusCopy {
  const at = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0; // before the text: a newer one is read again
  const copy = readFile(path, 'server.status_list_unreadable', STATUS_LIST, (text) => ({
    list: parseStatusList(text),
    version: hash('sha256', text, 'hex').slice(0, 16),
  }));
  return { copy, at };
}

const STATUS_LIST = 'the copy of the status list';

function readFile<T>(path: string, code: keyof typeof SERVER_REASONS, what: string, parse: (text: string) => T): T {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ConfigError(code, `${what} cannot be read`, { found: path }, { cause });
  }
}
