import { createHash } from 'node:crypto';
import type { PinPolicy, PolicyHost, PolicyPin } from '../../src/policy/model.ts';

/** A pin that stands for a key of this name. */
export const pinOf = (name: string): string => createHash('sha256').update(name).digest('base64');

export function policyPin(name: string, role: PolicyPin['role'] = 'leaf', more: Partial<PolicyPin> = {}): PolicyPin {
  const position = role === 'intermediate' || role === 'root' ? 'ca' : 'leaf';
  return { spki: pinOf(name), role, position, certificates: [], ...more };
}

export function policyHost(host: string, more: Partial<PolicyHost> = {}): PolicyHost {
  return {
    host,
    subdomains: 'none',
    covers: [],
    pins: [policyPin(`${host} leaf`), policyPin(`${host} backup`, 'backup')],
    mode: 'enforce',
    reportTo: [],
    trust: { store: 'system' },
    certificateTransparency: 'platform-default',
    ...more,
  };
}

export const policyOf = (...hosts: readonly PolicyHost[]): PinPolicy => ({ version: 1, hosts, debugAuthorities: [] });

/** The text of a policy file, as JSON, which YAML is a superset of. */
export function policyText({ hosts, debugAuthorities }: PinPolicy): string {
  const document = {
    version: 1,
    ...(debugAuthorities.length === 0 ? {} : { debug: { authorities: debugAuthorities } }),
    hosts: hosts.map(({ trust, covers, pins, ...host }) => ({
      ...host,
      ...(covers.length === 0 ? {} : { covers }),
      ...(trust.store === 'private' ? { trust: 'private', authorities: trust.certificates } : {}),
      pins: pins.map(({ certificates, position, ...pin }) => ({
        ...pin,
        ...(pin.role === 'backup' ? { position } : {}),
        ...(certificates.length === 0 ? {} : { certificates }),
      })),
    })),
  };
  return JSON.stringify(document, undefined, 1);
}
