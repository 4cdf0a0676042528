import { spkiDigest } from '@assay/x509';
import { addressesOf } from './addresses.ts';
import { type DescribedPin, describeChain, parsedOf } from './described.ts';
import { type LookOptions, type LookTarget, look, type Served } from './net/look.ts';
import { judgePath, type PathVerdict, type Roots } from './path.ts';
import { judgeStapled, type Stapled } from './stapled.ts';
import type { GivenList } from './transparency/log-lists.ts';
import { judgeTransparency, type Transparency } from './transparency/timestamps.ts';

/** By what a chain is judged. */
export interface Judges {
  readonly roots: Roots;
  readonly lists: readonly GivenList[];
  /** Epoch milliseconds. */
  readonly at: number;
}

/** A chain with everything that can be said about it. */
export interface Judged {
  readonly pins: readonly DescribedPin[];
  readonly path: PathVerdict;
  readonly ocsp: Stapled;
  readonly transparency: Transparency;
}

const NOTHING: Transparency = { timestamps: [], policies: [], fault: null };

/** Judges a chain as a host served it; `host` is undefined for one out of a file. */
export function judge(served: Pick<Served, 'chain' | 'ocsp'>, host: string | undefined, judges: Judges): Judged {
  const { roots, lists, at } = judges;
  const { chain, ocsp: response } = served;
  const path = judgePath({ chain, host, roots, at });
  const leaf = chain[0] === undefined ? undefined : parsedOf(chain[0]);
  const pins = describeChain(chain);
  if (leaf === undefined) {
    return {
      pins,
      path,
      ocsp: { status: 'none', code: null, thisUpdate: null, nextUpdate: null },
      transparency: NOTHING,
    };
  }
  const issuer = issuerOf(chain, path, roots);
  // Who sent the chain sent the certificate above its leaf as well: where no path proves it, it vouches for nothing.
  const { told, proven } = judgeStapled({ response, leaf, issuer: path.valid ? issuer : undefined, at });
  return { pins, path, ocsp: told, transparency: judgeTransparency({ leaf, issuer, ocsp: proven, lists, at }) };
}

/** The certificate above the leaf on the path; where there is no path, the next one that was sent. */
function issuerOf(chain: readonly Uint8Array[], path: PathVerdict, { anchors }: Roots) {
  if (!path.valid) return chain[1] === undefined ? undefined : parsedOf(chain[1]);
  const [, issuer] = path.certificates;
  // By the key: several roots go by the same name.
  return issuer ?? anchors.find(({ spki }) => spkiDigest(spki) === path.anchor.pin)?.certificate;
}

export interface Looked extends Judged {
  /** Addresses that served this very chain. */
  readonly addresses: readonly string[];
  readonly protocol: string | null;
}

export interface Unreached {
  readonly address: string | undefined;
  readonly error: unknown;
}

export interface LookedAll {
  readonly looked: readonly Looked[];
  readonly unreached: readonly Unreached[];
}

/**
 * What a host serves now: at the address that it has, or at all of them, one entry for each chain that differs. An address
 * that does not answer is told, and the others go on.
 */
export async function lookAll(
  target: LookTarget,
  options: LookOptions & { readonly allAddresses: boolean },
  judges: Judges,
): Promise<LookedAll> {
  const answers = await Promise.all(
    (await targetsOf(target, options)).map(async (each): Promise<Served | Unreached> => {
      try {
        return await look(each, options);
      } catch (error) {
        return { address: each.connectTo?.host, error };
      }
    }),
  );
  const served = answers.filter((each) => 'chain' in each);
  const groups = Map.groupBy(served, ({ chain }) => Buffer.concat(chain).toString('base64'));
  return {
    unreached: answers.filter((each) => 'error' in each),
    looked: [...groups.values()].flatMap((group) => lookedOf(group, options.sni ?? target.host, judges)),
  };
}

function lookedOf(group: readonly Served[], name: string, judges: Judges): readonly Looked[] {
  const [first] = group;
  if (first === undefined) return [];
  const stapled = group.find(({ ocsp }) => ocsp !== undefined) ?? first;
  const addresses = group.flatMap(({ address }) => address ?? []);
  return [{ ...judge(stapled, name, judges), addresses, protocol: first.protocol }];
}

async function targetsOf(
  target: LookTarget,
  { allAddresses, timeoutMs, family }: LookOptions & { readonly allAddresses: boolean },
): Promise<readonly LookTarget[]> {
  if (!allAddresses || target.connectTo !== undefined) return [target];
  const addresses = await addressesOf(target.host, timeoutMs, family);
  return addresses.map((host) => ({ ...target, connectTo: { host, port: target.port } }));
}
