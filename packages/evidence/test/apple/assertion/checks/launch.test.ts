import { describe } from 'node:test';
import { launch } from '../../../../src/apple/assertion/checks/launch.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { launchMap } from '../../../support/mint-apple.ts';
import { asserting } from '../../../support/run-apple.ts';

const code = 'apple.extensions_malformed';

describe('assertion launch', () => {
  testFaults(launch, [
    { name: 'a category in words', code, run: asserting({ extensions: launchMap('app store', '1') }) },
    { name: 'a bundle version in bytes', code, run: asserting({ extensions: launchMap(4, new Uint8Array(1)) }) },
  ]);
});
