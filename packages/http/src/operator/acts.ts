import { type Actor, appendAudit, type Issuer, type Service } from '@assay/service';
import type { FastifyRequest } from 'fastify';
import { fault } from '../fault.ts';

/** Who asks. A route with a scope is reached by nobody else. */
export function actorOf({ operator }: FastifyRequest): Actor {
  if (operator === null) throw new TypeError('an act without an operator');
  return operator.id;
}

/** Writes into the issuer's audit chain what an operator read, before the answer goes out. What changes something goes by `commitAct`. */
export async function audited(
  service: Service,
  issuer: Issuer,
  request: FastifyRequest,
  act: string,
  subject: string,
  detail: Readonly<Record<string, string | number | boolean | null>> = {},
): Promise<void> {
  const entry = { actor: actorOf(request), act, subject, detail };
  await appendAudit(service.store, service.clock, issuer.iss, entry);
}

/** The issuer that a path names. @throws RequestError `http.issuer_unknown` */
export function issuerOf(service: Service, { tenant, env }: { readonly tenant: string; readonly env: string }): Issuer {
  const issuer = [...service.issuers.values()].find((each) => each.tenant === tenant && each.env === env);
  if (issuer !== undefined) return issuer;
  throw fault('http.issuer_unknown', {
    expected: [...service.issuers.values()].map((each) => `${each.tenant}/${each.env}`).join(', '),
    found: `${tenant}/${env}`,
  });
}
