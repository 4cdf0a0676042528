import { textOf, type Values } from '../command.ts';
import { fault } from '../reasons.ts';

/** How a command line names the target of an order: one option each. */
const TARGETS = {
  code: { target: 'support', text: 'CODE', help: 'the install behind a support code' },
  instance: { target: 'instance', text: 'JKT', help: 'the install of a key, by its thumbprint' },
  signer: { target: 'signer', text: 'HEX', help: 'copies signed by this certificate, SHA-256' },
  model: { target: 'model', text: 'NAME', help: 'devices of this model, as the evidence names it' },
  network: { target: 'network', text: 'CIDR', help: 'addresses: IPv4 /16, /24, /32 or IPv6 /32, /48, /64' },
} as const;

export type TargetOption = keyof typeof TARGETS;

/** `--code CODE  …`, one line for each option that names a target. */
export const targetHelp = (targets: readonly TargetOption[]): string =>
  targets.map((name) => `  ${`--${name} ${TARGETS[name].text}`.padEnd(24)} ${TARGETS[name].help}`).join('\n');

export const targetOptions = (targets: readonly TargetOption[]) =>
  Object.fromEntries(targets.map((name) => [name, { type: 'string' as const }]));

/** The one target that a command line names. @throws RequestError `cli.usage` for none or more than one */
export function targetIn(
  values: Values,
  targets: readonly TargetOption[],
): { readonly target: string; readonly value: string } {
  const given = targets.flatMap((name) => {
    const value = textOf(values, name);
    return value === undefined ? [] : [{ target: TARGETS[name].target, value }];
  });
  const [only, ...others] = given;
  if (only !== undefined && others.length === 0) return only;
  const expected = `exactly one of ${targets.map((name) => `--${name}`).join(', ')}`;
  throw fault('cli.usage', { message: 'whom it is about is not clear', expected, found: `${given.length} of them` });
}

/** `--code CODE | --instance JKT`, for the usage line. */
export const targetUsage = (targets: readonly TargetOption[]): string =>
  targets.map((name) => `--${name} ${TARGETS[name].text}`).join(' | ');
