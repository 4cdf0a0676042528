import type { PinnedHost } from '../pinned-host.ts';
import type { PinPolicy } from './model.ts';

/** `assay.pins.yaml`, or the same in JSON. @throws UnreadableFile */
export function readPolicy(_file: string, _text: string): PinPolicy {
  return { version: 1, hosts: [] };
}

/** The hosts of a policy in the common form. */
export function policyPinnedHosts(_file: string, _text: string, _policy: PinPolicy): readonly PinnedHost[] {
  return [];
}
