import type { FoundKey } from './model.ts';

/** How keys stand in a policy: what is in use now by its role, everything else as the backup that it is. */
const ROLES: Readonly<Record<FoundKey['role'], string>> = {
  leaf: 'leaf',
  intermediate: 'intermediate',
  root: 'root',
  request: 'backup',
  'public key': 'backup',
};

/** The pins that a first policy has: the server's own key, or the authority above it, and every key that is a backup. */
export function usualChoice(keys: readonly FoundKey[]): readonly string[] {
  const serving = keys.find(({ role }) => role === 'leaf') ?? keys.find(({ role }) => role === 'intermediate');
  const backups = keys.filter(({ role }) => ROLES[role] === 'backup');
  return [...new Set([...(serving === undefined ? [] : [serving]), ...backups].map(({ pin }) => pin))];
}

/** `assay.pins.yaml` for one host with the chosen pins, each once. */
export function policyText(host: string, keys: readonly FoundKey[], chosen: readonly string[]): string {
  const pins = keys.filter(
    ({ pin }, index) => chosen.includes(pin) && keys.findIndex((key) => key.pin === pin) === index,
  );
  const rows = pins.map(({ pin, role }) => `      - { spki: "${pin}", role: ${ROLES[role]} }`);
  return ['version: 1', 'hosts:', `  - host: ${host}`, '    pins:', ...rows, ''].join('\n');
}

/** Whether a policy of these pins would survive the loss of the key in use. */
export function hasBackup(keys: readonly FoundKey[], chosen: readonly string[]): boolean {
  return keys.some(({ pin, role }) => chosen.includes(pin) && ROLES[role] === 'backup');
}

/** The first name in the leaf's certificate that is no wildcard. */
export function hostIn(keys: readonly FoundKey[]): string | undefined {
  const names = keys.find(({ role }) => role === 'leaf')?.certificate?.dnsNames ?? [];
  return names.find((name) => /^[a-z0-9.-]{1,253}$/i.test(name))?.toLowerCase();
}
