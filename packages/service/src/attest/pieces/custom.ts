import { toBase64url, utf8 } from '@assay/formats';
import { type CustomRole, sha256 } from '@assay/tokens';
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
  const token = tokenOf(bench);
  const finding = factsOf(format.verify(token, { binding, bindingBytes, at, apps }));
  return format.commitsToNothingBecause === undefined ? finding : { ...finding, once: nameOf(role, token) };
}

/** Names a token: whoever holds one that commits to nothing could enrol any number of keys with it. */
function nameOf(role: CustomRole, token: string): string {
  return toBase64url(sha256(utf8(`${role} ${token}`))); // no role has a space in it
}
