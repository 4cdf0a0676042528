import type { Fault, VirtualPhoneOptions } from '@assay/virtual-devices';
import type { DemoServer } from './demo-server.ts';

/** What every device of the demo is made with. */
type Common = Pick<VirtualPhoneOptions, 'roots' | 'app' | 'random' | 'clock' | 'faults'>;
type Make = (common: Common, demo: DemoServer) => VirtualPhoneOptions | Promise<VirtualPhoneOptions>;

/** Every kind of device, by what it brings as proof. */
export const DEVICES = {
  a1: (common) => ({ ...common, platform: 'android' }),
  a2: (common) => ({ ...common, platform: 'android', model: 'test-phone-a2' }),
  i1: (common) => ({ ...common, platform: 'ios' }),
  'key+play': (common) => ({ ...common, platform: 'android', brings: 'key+play' }),
  play: (common) => ({ ...common, platform: 'android', brings: 'play' }),
  hms: (common) => ({ ...common, platform: 'android', brings: 'hms' }),
  harmony: (common) => ({ ...common, platform: 'harmonyos' }),
  page: (common, { vendors }) => ({ ...common, platform: 'web', captcha: vendors.captcha }),
  'page elsewhere': (common, { vendors }) => ({ ...common, platform: 'web', captcha: vendors.captchaElsewhere }),
  'app-check': (common, { vendors }) => ({ ...common, platform: 'app-check', appCheck: vendors.appCheck() }),
  'app-check elsewhere': (common, { vendors }) => {
    return { ...common, platform: 'app-check', appCheck: vendors.appCheckElsewhere() };
  },
  simulator: async (common, { grants }) => ({ ...common, platform: 'dev', grant: await grants.fresh() }),
  'second simulator': async (common, { grants }) => ({ ...common, platform: 'dev', grant: await grants.latest() }),
} as const satisfies Readonly<Record<string, Make>>;

export type DeviceName = keyof typeof DEVICES;

/** A device as it is made: with its app, and with what is wrong with it. */
export function makeOptions(
  name: DeviceName,
  { roots, app, random, clock }: Omit<Common, 'faults'>,
  fault: Fault | undefined,
  demo: DemoServer,
): VirtualPhoneOptions | Promise<VirtualPhoneOptions> {
  const make: Make = DEVICES[name];
  return make({ roots, app, random, clock, faults: fault === undefined ? [] : [fault] }, demo);
}
