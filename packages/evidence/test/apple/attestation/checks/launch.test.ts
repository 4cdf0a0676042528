import { describe } from 'node:test';
import { launch } from '../../../../src/apple/attestation/checks/launch.ts';
import { testFaults } from '../../../support/check-faults.ts';
import { launchMap } from '../../../support/mint-apple.ts';
import { attesting } from '../../../support/run-apple.ts';

const code = 'apple.extensions_malformed';

describe('attestation launch', () => {
  testFaults(launch, [
    { name: 'a category in words', code, run: attesting({ extensions: launchMap('app store', '1') }) },
    { name: 'a negative category', code, run: attesting({ extensions: launchMap(-1, '1') }) },
    { name: 'a category of five bytes', code, run: attesting({ extensions: launchMap(new Uint8Array(5), '1') }) },
    { name: 'a bundle version that is a number', code, run: attesting({ extensions: launchMap(4, 1) }) },
  ]);
});
