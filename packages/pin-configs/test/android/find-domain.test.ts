import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findDomain, includesSubdomains } from '../../src/android/find-domain.ts';
import { nscOf } from './nsc-of.ts';

describe('which entry covers a host', () => {
  const chosen = (host: string, inner: string) => findDomain(nscOf(inner).domains, host)?.domain.name.text;
  const inner = [
    '<domain-config><domain includeSubdomains="true">example</domain></domain-config>',
    '<domain-config><domain includeSubdomains="true">b.example</domain><domain>c.example</domain>',
    '<domain-config><domain includeSubdomains="true">d.b.example</domain></domain-config></domain-config>',
    '<domain-config><domain>*.w.test</domain><domain>dot.test.</domain></domain-config>',
  ].join('');

  it('the exact one, else the longest that includes subdomains', () => {
    assert.equal(chosen('b.example', inner), 'b.example');
    assert.equal(chosen('x.y.b.example', inner), 'b.example');
    assert.equal(chosen('x.d.b.example', inner), 'd.b.example');
    assert.equal(chosen('c.example', inner), 'c.example');
    assert.equal(chosen('x.c.example', inner), 'example');
    assert.equal(chosen('xb.example', inner), 'example');
    assert.equal(chosen('other.test', inner), undefined);
  });

  it('without regard to case and one dot at the end of the host; a dot in the file matches nothing', () => {
    assert.equal(chosen('B.Example.', inner), 'b.example');
    assert.equal(chosen('dot.test', inner), undefined);
  });

  it('knows no wildcards', () => {
    assert.equal(chosen('x.w.test', inner), undefined);
  });
});

it('includesSubdomains takes no other word than a true boolean', () => {
  const [config] = nscOf(
    '<domain-config><domain includeSubdomains="yes">a.example</domain><domain>b.example</domain></domain-config>',
  ).domains;
  assert.deepEqual(config?.domains.map(includesSubdomains), [false, false]);
});
