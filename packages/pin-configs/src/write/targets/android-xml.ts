import type { PolicyHost } from '../../policy/model.ts';
import { isEnforced } from '../fit.ts';
import { authoritiesOf, indented, lines, MADE_BY } from '../source.ts';
import type { FittedPolicy, WriteOptions, WrittenFile } from '../target.ts';

const STEP = '    ';

/** What stands in a domain-config besides what the platform reads. */
export type Extra = (host: PolicyHost) => readonly string[];

/** A network security configuration for the main source set and, when asked for, one for debug builds that takes its place. */
export function androidFiles(
  policy: FittedPolicy,
  { debug }: WriteOptions,
  sources: string,
  extra: Extra = () => [],
): readonly WrittenFile[] {
  const file = (variant: string, overrides: readonly string[]): WrittenFile => ({
    path: `${sources}/${variant}/res/xml/network_security_config.xml`,
    text: configOf(policy.hosts, overrides, extra),
  });
  return [file('main', []), ...(debug === true ? [file('debug', debugOverrides(policy.debugAuthorities))] : [])];
}

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
