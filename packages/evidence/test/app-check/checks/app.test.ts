import { describe } from 'node:test';
import { app } from '../../../src/app-check/checks/app.ts';
import { testFaults } from '../../support/check-faults.ts';
import { APP, CLAIMS, checking } from '../../support/mint-app-check.ts';

const code = 'app_check.app_mismatch';

describe('app of App Check tokens', () => {
  testFaults(app, [
    {
      name: 'the web app of the project',
      code,
      run: checking({ claims: { ...CLAIMS, sub: APP.replace('ios', 'web') } }),
    },
    { name: 'a longer id', code, run: checking({ claims: { ...CLAIMS, sub: `${APP}0` } }) },
    { name: 'an app that is not registered', code, run: checking({}, { apps: ['1:1:ios:1'] }) },
  ]);
});
