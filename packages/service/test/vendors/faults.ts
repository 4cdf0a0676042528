import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import type { Endpoint } from '../../src/vendors/endpoint.ts';
import { HOSTILE, NOBODY, type StandIn } from './stand-in.ts';

/** Bounds of a call. */
export type Bounds = Required<Pick<Endpoint, 'timeoutMs' | 'maxBytes'>>;

/** Under which a hostile answer ends soon: for tests that expect the same of a call whose time is up. */
const SHORT: Bounds = { timeoutMs: 150, maxBytes: 65_536 };
/** Under which an answer comes in time, however busy the machine is. */
export const PATIENT: Bounds = { ...SHORT, timeoutMs: 30_000 };

/** The error of an act, with nothing secret in it. */
export async function faultOf(act: () => Promise<unknown>, ...secrets: readonly string[]): Promise<AssayError> {
  const error: unknown = await act().then(
    () => assert.fail('it was answered'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof AssayError, String(error));
  const told = JSON.stringify([error.message, error.detail, String(error.cause)]);
  for (const secret of secrets) assert.ok(!told.includes(secret), told);
  return error;
}

export interface Subject {
  /** Calls the vendor at this address. */
  readonly ask: (url: string, bounds: Bounds) => Promise<unknown>;
  readonly server: () => StandIn;
  readonly secrets: readonly string[];
  /** Names of hostile answers that mean something to this very service. */
  readonly except?: readonly string[];
}

/** No hostile answer passes for one, becomes a refusal, or brings a secret out. */
export function describeHostile({ ask, server, secrets, except = [] }: Subject): void {
  describe('answers that are none', () => {
    for (const [name, answer] of HOSTILE.filter(([each]) => !except.includes(each))) {
      it(`${name}: the vendor is not there`, async () => {
        server().answer(answer);
        const { code, family } = await faultOf(() => ask(server().url, SHORT), ...secrets);
        assert.deepEqual([code, family], ['service.vendor_unavailable', 'upstream']);
      });
    }
    it('nobody listens: the vendor is not there', async () => {
      const { code } = await faultOf(() => ask(NOBODY, SHORT), ...secrets);
      assert.equal(code, 'service.vendor_unavailable');
    });
    for (const status of [401, 403]) {
      it(`status ${status}: our credentials`, async () => {
        server().answer({ status });
        const { code, family } = await faultOf(() => ask(server().url, PATIENT), ...secrets);
        assert.deepEqual([code, family], ['service.vendor_refused_us', 'config']);
      });
    }
  });
}
