import { claimed, type Facts, noFacts, proven, type ThreatName } from '@assay/core';
import { toDigest } from './digests.ts';
import type { SysIntegrityState } from './state.ts';

/** What `detail` calls a finding, under the names of signals. `unlocked` is a fact of the device. */
const FINDINGS: ReadonlyMap<string, ThreatName> = new Map([
  ['root', 'root'],
  ['jailbreak', 'root'],
  ['attack', 'hooks'],
  ['emulator', 'emulator'],
]);

const NOTHING = noFacts();

/**
 * What a verified result shows. Huawei's service says it, so it is proven; the name and the signers of the app come from
 * the device, and are claims where it says that the device is broken.
 */
export function sysIntegrityFacts({ row, payload: { value: payload }, anchor }: SysIntegrityState): Facts {
  const { format, platform } = row;
  const isSound = payload.basicIntegrity === true;
  const byDevice = isSound ? proven : claimed;
  const signers = payload.signers.map(toDigest).filter((signer) => signer !== undefined);
  return {
    ...NOTHING,
    evidence: [format],
    platform: proven(platform, format),
    app: {
      ...NOTHING.app,
      id: byDevice(payload.package, format),
      signers: byDevice(signers.length === 0 ? undefined : signers, format),
    },
    device: {
      ...NOTHING.device,
      labels: proven(payload.basicIntegrity === undefined ? undefined : isSound ? ['basic'] : [], format),
      locked: proven(findingsOf(payload.detail).has('unlocked') ? false : undefined, format),
    },
    chain: { ...NOTHING.chain, anchor: proven(anchor.value.id, format) },
    threats: threatFacts(payload.detail, format),
  };
}

/** Threats that the service found. What it did not find, it does not vouch for. */
function threatFacts(detail: readonly string[], format: string): Facts['threats'] {
  const found = [...findingsOf(detail)].map((word) => FINDINGS.get(word)).filter((threat) => threat !== undefined);
  return Object.fromEntries(found.map((threat) => [threat, proven(true, format)]));
}

/** One text may hold several words: none of them is lost for the way in which they are written. */
function findingsOf(detail: readonly string[]): ReadonlySet<string> {
  return new Set(detail.flatMap((text) => text.toLowerCase().split(/[\s,;|]+/)));
}
