import type { Caller, Scene } from '../../attest/situation.ts';
import type { Service } from '../../context.ts';
import { fault } from '../../fault.ts';
import type { Issuer } from '../../issuers.ts';
import type { AppDocument } from '../../registry/documents.ts';

/** `projects/{project}/apps/{app}` of a request. */
export interface FacadeResource {
  readonly project: string;
  readonly app: string;
}

/** What an exchange of Google's App Check client happens in. */
export interface FacadeScene extends Scene {
  readonly facade: NonNullable<AppDocument['appCheckFacade']>;
}

/** The client says nothing of its version. */
const SDK = 'app-check-core';

/** @throws RequestError `service.facade_unknown` for a resource that no app is registered with */
export async function enterFacade(
  service: Service,
  issuer: Issuer,
  { project, app: id }: FacadeResource,
  caller: Caller,
): Promise<FacadeScene> {
  const app = await service.registry.app(issuer.iss, id);
  const facade = app?.appCheckFacade;
  if (app === undefined || facade?.project !== project) throw fault('service.facade_unknown', { found: issuer.iss });
  const keys = await service.keys.of(issuer.iss);
  return { service, issuer, keys, app, facade, caller, sdk: SDK, at: service.clock() };
}
