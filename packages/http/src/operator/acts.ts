import { appendAudit, type Issuer, type Service } from '@assay/service';
import type { FastifyRequest } from 'fastify';
import { fault } from '../fault.ts';

/** Writes an admin act into the issuer's audit chain, before the answer goes out. */
export async function audited(
  service: Service,
  issuer: Issuer,
  request: FastifyRequest,
  act: string,
  subject: string,
  detail: Readonly<Record<string, string | number | boolean | null>> = {},
): Promise<void> {
  const actor = request.operator?.id ?? 'unknown';
  await appendAudit(service.store, service.clock, issuer.iss, { actor, act, subject, detail });
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
