import { LAB_AUTHORITY, LAB_SOURCE_SET } from '../../lab/mark.ts';
import type { PolicyHost } from '../../policy/model.ts';
import { isEnforced } from '../fit.ts';
import { authoritiesOf, indented, lines, MADE_BY } from '../source.ts';
import type { FittedPolicy, LabVariant, WriteOptions, WrittenFile } from '../target.ts';

const STEP = '    ';

/** What stands in a domain-config besides what the platform reads. */
export type Extra = (host: PolicyHost) => readonly string[];

/**
 * A network security configuration for the main source set and, when asked for, one for debug builds that takes its place; or
 * the one of a lab build alone, with the authority that it trusts.
 */
export function androidFiles(
  policy: FittedPolicy,
  { debug, lab }: WriteOptions,
  sources: string,
  extra: Extra = () => [],
): readonly WrittenFile[] {
  const file = (variant: string, overrides: readonly string[], hosts = policy.hosts): WrittenFile => ({
    path: `${sources}/${variant}/res/xml/network_security_config.xml`,
    text: configOf(hosts, overrides, extra),
  });
  if (lab !== undefined) {
    return [file(LAB_SOURCE_SET, [], policy.hosts.map(trustingLab)), labAuthority(sources, lab)];
  }
  return [file('main', []), ...(debug === true ? [file('debug', debugOverrides(policy.debugAuthorities))] : [])];
}

/** Where the certificate of a lab lies in the project. */
const labAuthority = (sources: string, { authority }: LabVariant): WrittenFile => ({
  path: `${sources}/${LAB_SOURCE_SET}/res/raw/${LAB_AUTHORITY}.pem`,
  text: authority,
});

/** In the entries themselves: pins do not hold for what debug-overrides trust. */
const trustingLab = (host: PolicyHost): PolicyHost => ({
  ...host,
  trust: { store: 'private', certificates: [LAB_AUTHORITY] },
});

function configOf(hosts: readonly PolicyHost[], overrides: readonly string[], extra: Extra): string {
  const domains = hosts.flatMap((host) => domainConfig(host, extra));
  return lines(
    '<?xml version="1.0" encoding="utf-8"?>',
    `<!-- ${MADE_BY} -->`,
    '<network-security-config>',
    indented([...domains, ...overrides], STEP),
    '</network-security-config>',
  );
}

/** Entries stand side by side, not in one another: an inner one would inherit the pins of the outer. */
function domainConfig(host: PolicyHost, extra: Extra): readonly string[] {
  const includes = host.subdomains === 'all';
  const body = [
    `<domain includeSubdomains="${includes}">${host.host}</domain>`,
    ...anchorsOf(authoritiesOf(host).length === 0 ? ['system'] : authoritiesOf(host).map((name) => `@raw/${name}`)),
    ...(isEnforced(host) ? pinSet(host) : []),
    ...(host.certificateTransparency === 'required' ? ['<certificateTransparency enabled="true" />'] : []),
    ...extra(host),
  ];
  return ['<domain-config cleartextTrafficPermitted="false">', ...indented(body, STEP), '</domain-config>'];
}

function pinSet({ pins, expires }: PolicyHost): readonly string[] {
  const expiration = expires === undefined ? '' : ` expiration="${expires}"`;
  const rows = pins.map(({ spki, role }) => `<pin digest="SHA-256">${spki}</pin><!-- ${role} -->`);
  return [`<pin-set${expiration}>`, ...indented(rows, STEP), '</pin-set>'];
}

function anchorsOf(sources: readonly string[]): readonly string[] {
  const rows = sources.map((src) => `<certificates src="${src}" />`);
  return ['<trust-anchors>', ...indented(rows, STEP), '</trust-anchors>'];
}

function debugOverrides(authorities: readonly string[]): readonly string[] {
  if (authorities.length === 0) return [];
  const anchors = anchorsOf(authorities.map((name) => `@raw/${name}`));
  return ['<debug-overrides>', ...indented(anchors, STEP), '</debug-overrides>'];
}
