import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Purpose } from '@assay/core';
import { ROLE_NAMES, type Role, type Statement } from '@assay/tokens';
import { routeOf } from '../../src/attest/routes.ts';
import { withCode } from '../support/world.ts';

const statement = (purpose: Purpose, ev: readonly Role[]) => ({ purpose, ev }) as Statement; // nothing else is read
const route = (purpose: Purpose, ev: readonly Role[], floor?: string) => routeOf(statement(purpose, ev), floor);
const REFUSED = withCode('service.evidence_not_accepted');

const APPLE = 'apple-app-attest';
const ANDROID = 'android-key';

describe('routes of evidence', () => {
  it('take what the table names, the companions in any order', () => {
    const rows: readonly (readonly [Purpose, readonly Role[], string | undefined, Role | undefined])[] = [
      ['enrol', ['apple-attest'], undefined, 'apple-attest'],
      ['enrol', ['device-check', 'apple-attest'], undefined, 'apple-attest'],
      ['enrol', ['android-key', 'play-standard'], undefined, 'android-key'],
      ['enrol', ['hms', 'android-key'], undefined, 'android-key'],
      ['enrol', ['play-classic'], undefined, 'play-classic'],
      ['enrol', ['x-acme'], undefined, 'x-acme'],
      ['refresh', [], ANDROID, undefined],
      ['refresh', ['play-standard'], ANDROID, undefined],
      ['refresh', ['play-standard'], 'play-integrity', 'play-standard'],
      ['refresh', ['apple-assert', 'x-acme'], APPLE, 'apple-assert'],
      ['step_up', ['hms'], ANDROID, undefined],
      ['step_up', ['apple-assert'], APPLE, 'apple-assert'],
      ['refresh', [], 'web', undefined],
      ['refresh', ['web'], 'web', undefined],
      ['step_up', ['web'], 'web', 'web'],
      ['rekey', ['hms'], 'huawei-sysintegrity', 'hms'],
      ['rekey', ['android-key', 'play-standard'], ANDROID, 'android-key'],
    ];
    for (const [purpose, ev, floor, primary] of rows) {
      assert.equal(route(purpose, ev, floor).primary, primary, `${purpose} ${ev} ${floor}`);
    }
  });

  it('take nothing weaker than the enrolment: attack 14', () => {
    const weaker: readonly (readonly [string, readonly Role[]])[] = [
      [ANDROID, ['dev']],
      [ANDROID, ['web']],
      [ANDROID, ['app-check']],
      [APPLE, []],
      [APPLE, ['device-check']],
      [APPLE, ['play-standard']],
      ['play-integrity', []],
      ['play-integrity', ['hms']],
      ['play-integrity', ['dev']],
      ['huawei-sysintegrity', []],
      ['huawei-sysintegrity', ['web']],
      ['x-acme', ['x-other']],
      ['x-acme', []],
    ];
    for (const [floor, ev] of weaker) assert.throws(() => route('refresh', ev, floor), REFUSED, `${floor} ${ev}`);
    assert.throws(() => route('step_up', [], ANDROID), REFUSED, 'a step-up brings something');
  });

  it('let nothing enrol by a companion alone', () => {
    for (const role of ['device-check', 'apple-assert'] as const) {
      assert.throws(() => route('enrol', [role]), REFUSED, role);
    }
    assert.throws(() => route('enrol', []), REFUSED);
  });

  it('put no two primary pieces of the product into one enrolment, but a companion beside Android’s', () => {
    const companions: readonly Role[] = ['play-standard', 'play-classic', 'hms', 'device-check'];
    for (const one of ROLE_NAMES) {
      for (const other of ROLE_NAMES.filter(
        (role) => role !== one && !companions.includes(role) && !companions.includes(one),
      )) {
        assert.throws(() => route('enrol', [one, other]), REFUSED, `${one} ${other}`);
      }
    }
    assert.throws(() => route('enrol', ['play-standard', 'hms']), REFUSED);
    assert.throws(() => route('enrol', ['android-key', 'device-check']), REFUSED);
  });
});
