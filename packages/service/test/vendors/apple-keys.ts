/** A team of Apple's, with its key, and the ports of its clients. */
import { generateKeyPairSync } from 'node:crypto';
import { type AuthorizeTeam, createTeamTokens } from '../../src/vendors/apple-team.ts';
import { realFetch } from './stand-in.ts';

export const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const TEAM = 'TEAM123456';
export const hands: { now: number } = { now: Date.UTC(2026, 10, 21, 12) };
export const network = {
  ...{ fetch: realFetch, clock: (): number => hands.now },
  random: (length: number): Uint8Array => new Uint8Array(length).fill(7),
};
export const authorize: AuthorizeTeam = createTeamTokens(network.clock, [
  { team: TEAM, keyId: 'ABC123DEFG', key: keys.privateKey },
]);
