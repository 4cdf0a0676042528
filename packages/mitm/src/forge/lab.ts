import { hash, type KeyObject, randomBytes } from 'node:crypto';
import type { Clock, Random } from '@assay/core';
import { toPem } from '@assay/formats';
import { mitmFault } from '../reasons.ts';
import { KEYS, type KeyName, type Recipe } from '../recipe.ts';
import type { Forged } from '../stage.ts';
import type { Minted } from './certificate.ts';
import type { ChainSource } from './chain.ts';
import { forgeRecipe } from './forge.ts';
import { hostOf, isNamed } from './hosts.ts';
import { createKeyRing, type KeyRing } from './keyring.ts';
import type { LabKey } from './keys.ts';
import { createLogs, type GoogleLogList } from './logs.ts';
import type { Party } from './party.ts';
import { createRoot, exportRoot, openRoot, type Root, type RootKeys } from './root.ts';

/** The private keys of a lab that outlives a run, for a folder that nobody else can read. */
export interface LabKeys {
  readonly authority: RootKeys;
  /** PKCS #8 PEM by name; those that are missing are made when they are needed. */
  readonly keys: Readonly<Partial<Record<KeyName, string>>>;
}

export interface LabOptions {
  readonly clock: Clock;
  readonly random?: Random;
  /** The hosts that the user named. Nothing is forged for others that somebody can own. */
  readonly hosts: readonly string[];
  /** The private key that the app pins already: it takes the place of `pinned`, and no other key is pinned then. */
  readonly leafKey?: KeyObject;
  /** Of a lab that was exported. */
  readonly keys?: LabKeys;
}

export interface Pin {
  readonly key: KeyName;
  /** Base64 of the SHA-256 of the SubjectPublicKeyInfo. */
  readonly pin: string;
}

/** An authority that clients under test trust, and all that can be forged with it. */
export interface Lab {
  /** What clients are told to trust. */
  readonly authority: { readonly certificate: Uint8Array; readonly pem: string };
  /** Of every key that a correct client pins, `pinned` first, or of these. Waits until the keys are made. */
  pins(among?: readonly KeyName[]): Promise<readonly Pin[]>;
  /**
   * Makes a recipe into bytes. `host` is where the client is sent, and what templates are filled with: a host that the
   * user named, one below or beside it, or one that can be nobody's. `at` is what spans count from, epoch milliseconds.
   * Raises ConfigError mitm.host_invalid, mitm.host_not_named, mitm.recipe_unforgeable.
   */
  forge(recipe: Recipe, about: { readonly host: string; readonly at: number }): Promise<Forged>;
  /** The logs behind the timestamps, for clients whose list of logs can be replaced. */
  logs(): GoogleLogList;
  /** Keys that exist so far, without the user's own: after `pins()` all that are pinned. */
  export(): LabKeys;
}

/**
 * Makes a lab, or opens one that was exported.
 * Raises ConfigError mitm.hosts_empty, mitm.host_invalid, mitm.leaf_key_unusable, mitm.lab_malformed, mitm.lab_expired.
 */
export function createLab(options: LabOptions): Lab {
  const { clock, leafKey, keys: kept, random = (length) => new Uint8Array(randomBytes(length)) } = options;
  const named = namedHosts(options.hosts);
  const keys = createKeyRing({ kept: kept?.keys ?? {}, leafKey });
  const root = kept ? openRoot(kept.authority, clock()) : createRoot(clock(), random);
  const source: ChainSource = { ...root, keys, random, minted: rememberedRoot(root) };
  const logs = createLogs(root.period.notBefore, clock);
  return {
    authority: { certificate: root.certificate.der, pem: toPem(root.certificate.der, 'CERTIFICATE') },
    pins: (among = pinnedKeys(leafKey)) => pinsOf(among, keys),
    forge: async (recipe, about) => {
      const host = hostOf(about.host);
      if (!isNamed(host, named)) throw mitmFault('mitm.host_not_named', { found: host });
      return forgeRecipe(recipe, { source, recipe: recipe.chain ?? {}, host, at: about.at }, logs);
    },
    logs: logs.list,
    export: () => ({ authority: exportRoot(root), keys: keys.export() }),
  };
}

function namedHosts(hosts: readonly string[]): readonly string[] {
  if (hosts.length === 0) throw mitmFault('mitm.hosts_empty');
  return hosts.map(hostOf);
}

/** Where the root itself is sent, it is the one that clients trust. */
function rememberedRoot({ authorities: { root }, certificate }: Root): WeakMap<Party, WeakMap<Party, Minted>> {
  return new WeakMap([[root, new WeakMap([[root, certificate]])]]);
}

/** An app with a pin of its own does not know the others. */
function pinnedKeys(leafKey: KeyObject | undefined): readonly KeyName[] {
  const pinned = KEYS.filter((key) => key.pinned).map(({ name }) => name);
  return leafKey === undefined ? pinned : pinned.slice(0, 1);
}

/** Without the keys that this OpenSSL cannot make: nothing is forged with them either. */
async function pinsOf(names: readonly KeyName[], keys: KeyRing): Promise<readonly Pin[]> {
  const made = await Promise.allSettled(names.map(async (key) => ({ key, pin: pinOf(await keys.of(key)) })));
  return made.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

function pinOf({ spki }: LabKey): string {
  return hash('sha256', spki, 'base64');
}
