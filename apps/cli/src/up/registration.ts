import { BANK, type DemoApp, SHOP } from './demo-app.ts';
import { FIREBASE, SHOP_HOST } from './demo-vendors.ts';

/** What the operator registers of an app. */
export function documentOf(app: DemoApp, audience: string): object {
  const { id, label, policy } = app;
  return { id, label, audiences: [audience], policy, ...EVIDENCE[app.id] };
}

const signed = ({ virtual }: DemoApp) => ({
  name: virtual.package,
  signers: [{ sha256: virtual.signer, label: 'demo signing key' }],
});

const onHuawei = { ...signed(SHOP), appId: SHOP.virtual.huaweiAppId };

/** What genuine copies of each app look like. */
const EVIDENCE: Readonly<Record<string, object>> = {
  [BANK.id]: { apple: { appIds: [BANK.virtual.appleId] }, android: { packages: [signed(BANK)] } },
  [SHOP.id]: {
    ...{ android: { packages: [signed(SHOP)] }, google: {} },
    ...{ huawei: { packages: [onHuawei] }, harmony: { bundles: [onHuawei] } },
    web: { origins: [`https://${SHOP_HOST}`], siteHosts: [SHOP_HOST] },
    appCheck: { project: FIREBASE.project, appIds: [FIREBASE.appId] },
    dev: true,
  },
};
