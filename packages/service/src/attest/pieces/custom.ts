import type { CustomRole } from '@assay/tokens';
import { fault } from '../../fault.ts';
import { bindingOf } from './binding.ts';
import { type Bench, type Finding, factsOf, tokenOf } from './finding.ts';

/**
 * A format of the operator's own, for apps that name it.
 *
 * @throws RequestError `service.platform_not_registered`
 */
export function appraiseCustom(role: CustomRole, bench: Bench): Finding {
  const { service, app, at } = bench.situation;
  const format = service.formats.get(role);
  const apps = app.custom.find((each) => each.role === role)?.apps;
  if (format === undefined || apps === undefined) throw fault('service.platform_not_registered', { expected: role });
  const { text: binding, bytes: bindingBytes } = bindingOf(bench);
  return factsOf(format.verify(tokenOf(bench), { binding, bindingBytes, at, apps }));
}
