import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fillTemplate, isTemplate, legendOf, unfillable } from '../../src/battery/template.ts';

describe('templates', () => {
  it('are filled with a host and its parts', () => {
    const filled = [
      '{host}',
      '{parent}',
      '{grandparent}',
      '{initial}*.{parent}',
      '*{last}.{parent}',
      '{HOST}',
      '{host}.',
    ].map((each) => fillTemplate(each, 'api.assay.test'));
    assert.deepEqual(filled, [
      ...[
        'api.assay.test',
        'assay.test',
        'test',
        'a*.assay.test',
        '*i.assay.test',
        'API.ASSAY.TEST',
        'api.assay.test.',
      ],
    ]);
  });

  it('keep what is filled in later, and what is no placeholder', () => {
    assert.equal(fillTemplate('http://{host}:{plain}/', 'a.test'), 'http://a.test:{plain}/');
    assert.equal(fillTemplate('{toString}', 'a.test'), '{toString}');
    assert.equal(fillTemplate('{__proto__}', 'a.test'), '{__proto__}');
  });

  it('have a legend of those that occur', () => {
    assert.deepEqual(legendOf('names = {initial}*.{parent}, {parent}, {toString}', 'api.assay.test'), [
      '{initial} is the first letter of the host (a)',
      '{parent} is the host without its first label (assay.test)',
    ]);
    assert.deepEqual(legendOf('no braces', 'api.assay.test'), []);
    assert.deepEqual(legendOf('{plain}', 'api.assay.test'), ['{plain} is the port for cleartext']);
  });

  it('have braces around known placeholders alone', () => {
    for (const text of ['', 'a', '{host}', '*.{parent}', '{plain}', '{host}\u0000.test'])
      assert.ok(isTemplate(text), text);
    for (const text of ['{', '}', '{}', '{hosts}', '{{host}}', '{host', '{toString}', '{__proto__}', '{host }']) {
      assert.ok(!isTemplate(text), text);
    }
  });
});

describe('templates that mean nothing for a host', () => {
  it('need more labels than it has', () => {
    assert.equal(unfillable(['{parent}'], 'assay.test'), 'assay.test has too few labels for {parent}');
    assert.equal(unfillable(['x', '{grandparent}'], 'assay.test.'), 'assay.test. has too few labels for {grandparent}');
    assert.equal(unfillable(['{parent}', '{grandparent}'], 'api.assay.test'), undefined);
    assert.equal(unfillable(['{host}', '{initial}', '{HOST}'], 'localhost'), undefined);
  });

  it('are about names, where the host is an address', () => {
    for (const address of ['192.0.2.1', '2001:db8::1']) {
      assert.match(unfillable(['sub.{host}'], address) ?? '', /is an address/);
      assert.equal(unfillable(['other.invalid'], address), undefined);
    }
  });
});
