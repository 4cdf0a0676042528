import type { AttestationAdapter } from '@assay/client';
import { ConfigError, type Fetch } from '@assay/core';
import type { Difference } from './difference.ts';
import { FAULTS, type Fault, type FaultKind, type FaultRow } from './faults.ts';
import { createKeystore } from './keystore.ts';
import { makeOf } from './make.ts';
import type { VirtualPhoneOptions } from './options.ts';
import { VIRTUAL_DEVICES_REASONS } from './reasons.ts';
import { tamperingFetch } from './transport.ts';

/** A test phone: the adapter of its platform, and what a demo shows of it. */
export type VirtualPhone = AttestationAdapter & {
  /** For example `Test Phone A1`. */
  readonly model: string;
  /** For people: the model with its faults, for example `Test Phone A1, unlocked bootloader`. */
  readonly label: string;
  readonly faults: readonly Fault[];
  /** The network as this phone sees it: faults on the way happen here. Hand the result to the client as its `fetch`. */
  through(fetch: Fetch): Fetch;
};

/**
 * Makes a test phone: byte-real evidence under test roots, wrong in exactly the points that `faults` names. A fault that
 * could be in more than one kind of its evidence is in that of the key.
 *
 * @throws ConfigError `devices.fault_of_other_platform`
 */
export function createVirtualPhone(options: VirtualPhoneOptions): VirtualPhone {
  const { random, clock, faults = [] } = options;
  const context = { random, clock, keystore: createKeystore(random) };
  const { name, kinds, build } = makeOf(options, context);
  const differences = faults.map((fault) => differenceOf(fault, kinds));
  const tamperings = differences.flatMap(({ row }) => ('tampering' in row ? [row.tampering] : []));
  return {
    ...build(differences),
    ...{ model: name, faults, label: [name, ...faults.map((fault) => FAULTS[fault].label.toLowerCase())].join(', ') },
    through: (fetch) => tamperingFetch(fetch, tamperings, context),
  };
}

/** What the fault changes in the first of these kinds that it exists in. Raises ConfigError `devices.fault_of_other_platform`. */
function differenceOf(fault: Fault, kinds: readonly FaultKind[]): Difference {
  const rows: FaultRow = FAULTS[fault];
  for (const kind of kinds) {
    const row = rows[kind];
    if (row !== undefined) return { kind, row };
  }
  const { code, summary, hint } = VIRTUAL_DEVICES_REASONS['devices.fault_of_other_platform'];
  throw new ConfigError(code, summary, { found: `${fault} on ${kinds.join(' and ')}`, hint });
}
