import { refuseHarmonyKey, verifySysIntegrity } from '@assay/evidence';
import { utf8 } from '@assay/formats';
import { registered } from './apps.ts';
import { bindingOf } from './binding.ts';
import { type Bench, type Finding, factsOf, tokenOf } from './finding.ts';

type Registered = ReturnType<typeof registered<'huawei'>>['packages'];

const toExpected = (apps: Registered) =>
  apps.map(({ name, signers, appId }) => ({
    ...{ package: name, digests: signers.map(({ sha256 }) => sha256) },
    ...(appId === undefined ? {} : { appId }),
  }));

/** HMS takes a text and hands on its bytes. */
export function appraiseHms(bench: Bench): Finding {
  const { packages } = registered(bench.situation.app, 'huawei');
  return appraise(bench, 'hms', utf8(bindingOf(bench).text), packages);
}

/** HarmonyOS takes base64 and hands on what that decodes to. */
export function appraiseHarmony(bench: Bench): Finding {
  const { bundles } = registered(bench.situation.app, 'harmony');
  return appraise(bench, 'harmony', bindingOf(bench).bytes, bundles);
}

/** No root of these chains is published, so none can hold: the refusal says so. */
export function appraiseHarmonyKey(): Finding {
  return factsOf(refuseHarmonyKey());
}

function appraise(bench: Bench, flavour: 'hms' | 'harmony', nonce: Uint8Array, apps: Registered): Finding {
  const { service, at } = bench.situation;
  const input = { jws: tokenOf(bench), flavour, nonce, apps: toExpected(apps) };
  return factsOf(verifySysIntegrity(input, { trust: { anchors: service.trust.huawei }, at, memory: service.memory }));
}
