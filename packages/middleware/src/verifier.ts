import type { Api } from './check.ts';
import { decide, type Result } from './decide.ts';
import { type Demands, demandsIn, withDemands } from './demands.ts';
import { fromRequest, type Incoming } from './incoming.ts';
import type { RouteDemands, VerifierOptions } from './options.ts';
import { createSetup } from './setup.ts';

/** The check of one API, or of one of its routes. Make one for each API and keep it: it remembers used proofs. */
export interface Verifier {
  /**
   * Checks a Fetch API request; its body is copied for routes with `body: 'proven'`, and stays unread. Rejects with what is no decision, such as a crash of a port: a
   * framework answers it with 500.
   */
  verifyRequest(request: Request): Promise<Result>;
  /** As `verifyRequest`, for adapters: they know the request as it was before their framework tidied it. */
  verify(incoming: Incoming): Promise<Result>;
  /**
   * The check with other demands over the same memories. A request that passes several checks of one API has its proof used
   * once. Throws ConfigError `middleware.options_invalid`.
   */
  forRoute(demands: RouteDemands): Verifier;
  /** Whether it compares bodies: then it is asked where they can be had. */
  readonly readsBody: boolean;
}

/**
 * The verifier of an API.
 *
 * @example
 * const verifier = createVerifier({
 *   issuer: 'https://attest.example.com/t/acme/e/prod',
 *   audience: 'https://api.example.com',
 *   apps: ['com.example.bank'],
 *   publicOrigin: 'https://api.example.com',
 * });
 * const result = await verifier.verifyRequest(request);
 *
 * @throws ConfigError `middleware.options_invalid`, `tokens.list_empty`, `tokens.config_invalid`, `tokens.key_ring_invalid`
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const api: Api = { setup: createSetup(options), proven: new WeakMap() };
  return verifierOver(api, withDemands(demandsIn(options)));
}

function verifierOver(api: Api, demands: Demands): Verifier {
  const verify = (incoming: Incoming): Promise<Result> => decide(incoming, api, demands);
  return {
    verify,
    verifyRequest: (request) => verify(fromRequest(request)),
    readsBody: demands.body === 'proven' && demands.stage !== 'off',
    forRoute: (changes) => verifierOver(api, withDemands(changes, demands)),
  };
}

/** A verifier as it is, or a new one for these options. */
export function toVerifier(from: Verifier | VerifierOptions): Verifier {
  return 'verify' in from ? from : createVerifier(from);
}
