import type { KeyObject } from 'node:crypto';
import type { Clock } from '@assay/core';
import { fault } from '../fault.ts';
import { makeJwt } from './jwt.ts';
import { createRenewing } from './renewing.ts';

/** A DeviceCheck key of a team, out of the developer portal. */
export interface AppleTeamKey {
  /** Team id, ten characters. */
  readonly team: string;
  readonly keyId: string;
  /** P-256 private key. */
  readonly key: KeyObject;
}

/** Apple refuses tokens that are older than an hour. */
const GOOD_FOR_MS = 20 * 60_000;

/** The word that Apple knows a team by. @throws ConfigError `service.vendor_not_configured` for a team without a key */
export type AuthorizeTeam = (team: string) => Promise<string>;

/** ES256 tokens with `iss` = team and `kid` = key (Apple, "Communicate with APNs using authentication tokens"; the same form). */
export function createTeamTokens(clock: Clock, keys: readonly AppleTeamKey[]): AuthorizeTeam {
  const byTeam = new Map(
    keys.map(({ team, keyId, key }) => [
      team,
      createRenewing(clock, async () => ({
        value: makeJwt('ES256', keyId, { iss: team, iat: Math.floor(clock() / 1000) }, key),
        goodForMs: GOOD_FOR_MS,
      })),
    ]),
  );
  return (team) => {
    const token = byTeam.get(team);
    if (token === undefined) throw fault('service.vendor_not_configured', { expected: `a DeviceCheck key of ${team}` });
    return token.get();
  };
}

const TEAM_CHARACTERS = 10;

/** The team that an app's DeviceCheck belongs to: as registered, else the prefix of its first App ID. */
export function teamOf({
  appIds,
  team = appIds[0]?.slice(0, TEAM_CHARACTERS) ?? '',
}: {
  readonly appIds: readonly string[];
  readonly team?: string | undefined;
}): string {
  return team;
}
