import { z } from 'zod';

/**
 * Bodies of Google's App Check client as it spells them. Members that are not known are passed over: were they refused, a new
 * release of the client would find every app of it locked out for a day.
 */

const base64 = (bytes: number) =>
  z
    .string()
    .min(1)
    .max(Math.ceil(bytes / 3) * 4);

const limited_use = z.boolean().default(false).describe('For one call: the token lives 5 minutes at most');
const challenge = base64(64).describe('Base64, as it was given');

export const AttestationBody = z
  .object({
    key_id: base64(32).describe('Base64, as the system names the key'),
    attestation_statement: base64(16_384).describe('Base64 of the CBOR object'),
    ...{ challenge, limited_use },
  })
  .meta({ id: 'FacadeAttestation' });

export const AssertionBody = z
  .object({
    artifact: base64(64).describe('Base64, as it was given'),
    assertion: base64(4_096).describe('Base64 of the CBOR object'),
    ...{ challenge, limited_use },
  })
  .meta({ id: 'FacadeAssertion' });

export const DebugBody = z
  .object({ debug_token: z.string().min(1).max(128), limited_use })
  .meta({ id: 'FacadeDebugToken' });

export const FacadeChallenge = z
  .object({ challenge: z.string().describe('Base64 of 39 bytes'), ttl: z.string() })
  .meta({ id: 'FacadeChallenge' });

export const FacadeToken = z
  .object({ token: z.string(), ttl: z.string().describe('For example `300s`') })
  .meta({ id: 'FacadeToken' });

export const FacadeAttested = z
  .object({ appCheckToken: FacadeToken, artifact: z.string() })
  .meta({ id: 'FacadeAttested' });
