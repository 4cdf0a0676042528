import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toGithub } from '../../src/index.ts';
import { finding } from '../support/findings.ts';

describe('annotations for GitHub', () => {
  it('are one workflow command each', () => {
    const [line] = toGithub([finding()], () => 'single-pin');
    assert.equal(line, '::error file=app/net.xml,line=3,col=7,endLine=3,title=P001 single-pin::one pin, and no backup');
  });

  it('let no text end the command or begin another', () => {
    const hostile = finding({
      message: '100 %\n::error::x',
      place: { file: 'a,line=9:b\n::stop-commands::x', line: 0, column: 0 },
    });
    const [line] = toGithub([hostile], () => 'x');
    assert.equal(
      line,
      '::error file=a%2Cline=9%3Ab%0A%3A%3Astop-commands%3A%3Ax,line=1,title=P001 x::100 %25%0A::error::x',
    );
  });

  it('call an info a notice', () => {
    assert.match(toGithub([finding({ severity: 'info' })], () => '')[0] ?? '', /^::notice /);
  });
});
