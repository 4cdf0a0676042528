import type { AttestationAdapter } from '@assay/client';
import { androidKinds, buildAndroid } from './android/make.ts';
import type { PhoneContext } from './android/phone.ts';
import { changed, type Difference } from './difference.ts';
import type { FaultKind } from './faults.ts';
import { createHuaweiService } from './huawei/service.ts';
import { createIosPhone } from './ios/phone.ts';
import { ANDROID_MODELS, HARMONY_MODELS, IOS_MODELS } from './models.ts';
import type { VirtualPhoneOptions } from './options.ts';
import { grantToken } from './software/grant.ts';
import { createSoftwarePhone } from './software/phone.ts';
import { huaweiSpec, iosSpec } from './specs.ts';

/** A device in the making: what may be wrong with it, and how it is made with that. */
interface Make {
  readonly name: string;
  /** Kinds of its evidence, that of the key first. */
  readonly kinds: readonly FaultKind[];
  readonly build: (differences: readonly Difference[]) => AttestationAdapter;
}

export function makeOf(options: VirtualPhoneOptions, context: PhoneContext): Make {
  const { roots, app } = options;
  switch (options.platform) {
    case 'android': {
      const { model = 'test-phone-a1', brings = 'key' } = options;
      const parts = { roots, app, model, brings, context };
      const build = (differences: readonly Difference[]) => buildAndroid(parts, differences);
      return { name: ANDROID_MODELS[model].name, kinds: androidKinds(brings), build };
    }
    case 'ios': {
      const { model = 'test-phone-i1' } = options;
      const genuine = iosSpec(app, model);
      return {
        ...{ name: IOS_MODELS[model].name, kinds: ['ios'] },
        build: (differences) => createIosPhone(changed(genuine, 'ios', differences), roots, context),
      };
    }
    case 'harmonyos': {
      const { name, traits } = HARMONY_MODELS[options.model ?? 'test-phone-h1'];
      const genuine = huaweiSpec(app, 'harmony');
      const tell = { platform: 'harmonyos', os: traits.os, role: 'harmony-integrity' } as const;
      return {
        ...{ name, kinds: ['harmony'] },
        build: (differences) => {
          const token = createHuaweiService(changed(genuine, 'harmony', differences), roots, context);
          return createSoftwarePhone({ ...tell, token }, context);
        },
      };
    }
    case 'app-check': {
      // Its token commits to nothing of the statement.
      const tell = { platform: 'android', os: '14', role: 'app-check' } as const;
      const token = () => options.appCheck.token();
      return {
        ...{ name: 'Test Phone with App Check', kinds: ['appCheck'] },
        build: () => createSoftwarePhone({ ...tell, token }, context),
      };
    }
    case 'web': {
      const tell = { platform: 'web', os: '143', role: 'web', comes: 'new_key' } as const;
      const token = (binding: string) => options.captcha.solve(binding);
      return { name: 'Test Page', kinds: ['web'], build: () => createSoftwarePhone({ ...tell, token }, context) };
    }
    case 'dev': {
      const tell = { platform: 'dev', os: '1', role: 'dev' } as const;
      const token = (binding: string) => grantToken(options.grant, binding, context.clock);
      return { name: 'Test Simulator', kinds: ['dev'], build: () => createSoftwarePhone({ ...tell, token }, context) };
    }
  }
}
