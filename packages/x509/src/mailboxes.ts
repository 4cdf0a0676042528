import { isHostName } from './dns-names.ts';

/** `local@host` with the host in lower case; undefined for anything else, quoted local parts included. */
export function normalMailbox(value: string): string | undefined {
  const [local, host, ...rest] = value.split('@');
  if (!local || !host || rest.length > 0 || !isHostName(host) || /["\s]/.test(local)) return undefined;
  return `${local}@${host.toLowerCase()}`;
}
