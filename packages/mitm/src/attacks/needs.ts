/** What an attack takes beyond a proxy that the client trusts. */
export const NEEDS = {
  capture: 'a call of the app to the API that passed through the proxy',
  hold: 'a call that the proxy holds back, so that its proof was never used',
  routes: 'a client that calls the routes that the harness names',
  victim: 'a client whose steps the harness chooses',
  clock: 'a clock of server and API that can be moved',
  operator: 'an operator who revokes',
  issuers: 'a second environment, with an API of its own',
  'reply-key': 'a reply key that leaked from the server',
  'raw-api': 'a connection to the API itself, with no proxy of its operator between',
} as const;
export type Need = keyof typeof NEEDS;
