import type { PolicyHost } from '../../policy/model.ts';
import { endOf, indented, quoted } from '../source.ts';

/** Patterns of a host: `**.` is the name and all beneath it, `*.` one label more without the name itself. */
function patternsOf({ host, subdomains }: PolicyHost): readonly string[] {
  if (subdomains === 'all') return [`**.${host}`];
  return subdomains === 'one' ? [host, `*.${host}`] : [host];
}

/** `.add(…)` for every pattern, as statements on `builder`; pins that ended are left out when the pinner is built. */
export function addStatements(hosts: readonly PolicyHost[]): readonly string[] {
  return hosts.flatMap((host) => {
    const end = endOf(host);
    const adds = patternsOf(host).flatMap((pattern) => addStatement(pattern, host));
    return end === undefined ? adds : [`if (now < ${end}L) { // ${host.expires}`, ...indented(adds, '    '), '}'];
  });
}

function addStatement(pattern: string, { pins }: PolicyHost): readonly string[] {
  const rows = [pattern, ...pins.map(({ spki }) => `sha256/${spki}`)].map((text) => `${quoted(text)},`);
  return ['builder.add(', ...indented(rows, '    '), ')'];
}
