import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toPem } from '@assay/formats';
import { z } from 'zod';
import { asTold, certificateOf, formRuns, pemOf } from '../../src/conformance/forms.ts';
import { mint } from '../support/certificates.ts';

const Form = z.looseObject({ id: z.string(), size: z.number() });

describe('cases in a form', () => {
  it('are run as what they are', () => {
    const runs = formRuns({ id: 'a', size: 1 }, Form, ({ id }) => [
      { id: `${id}!`, expected: 'accept', why: '', run: () => asTold([], [], true) },
    ]);
    assert.deepEqual(
      runs.map(({ id }) => id),
      ['a!'],
    );
  });

  it('say what is wrong with them when it is their turn', () => {
    const [run] = formRuns({ id: 'a', size: 'x' }, Form, () => []);
    assert.deepEqual([run?.id, run?.expected], ['a', 'either']);
    assert.throws(() => run?.run(), { code: 'cli.case_unreadable' });
    assert.equal(formRuns({}, Form, () => [])[0]?.id, '');
  });

  it('tell what was expected and found', () => {
    assert.deepEqual(asTold(['a', 'b'], [], false), {
      found: 'reject',
      reasons: [],
      trace: ['expected a, b, found nothing'],
    });
    assert.equal(asTold([], [], true).found, 'accept');
  });

  it('have certificates in PEM', () => {
    const { pem, der } = mint({ subject: 'Root' });
    assert.deepEqual(Buffer.from(certificateOf(pem).der), Buffer.from(der));
    assert.deepEqual([...pemOf(toPem(Uint8Array.of(1), 'X509 CRL'), 'X509 CRL')], [1]);
    assert.throws(() => pemOf('', 'X509 CRL'), { code: 'pem.block_missing' });
  });
});
