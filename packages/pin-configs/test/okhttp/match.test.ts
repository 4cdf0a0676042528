import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Connection } from '../../src/match/outcome.ts';
import { isOkHttpPattern, matchOkHttp } from '../../src/okhttp/match.ts';

const pin = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

const connection = (host: string, changes: Partial<Connection> = {}): Connection => ({
  host,
  at: 0,
  zoneMinutes: 0,
  build: 'release',
  path: [pin(1)],
  anchor: 'system',
  ...changes,
});

const entry = (pattern: string, ...pins: readonly string[]) => {
  const spell = (text: string, line: number) => ({ text, place: { file: 'C.kt', line, column: 1 } });
  return { pattern: spell(pattern, 1), pins: pins.map((text, index) => spell(text, index + 2)) };
};

const answer = (entries: readonly ReturnType<typeof entry>[], host: string, changes: Partial<Connection> = {}) => {
  const { answer, because } = matchOkHttp(entries, connection(host, changes));
  return `${answer} ${because}`;
};

const RIGHT = `sha256/${pin(1)}`;
const WRONG = `sha256/${pin(2)}`;

describe('isOkHttpPattern', () => {
  it('one asterisk pattern, at the front', () => {
    for (const pattern of ['a.example', '*.a.example', '**.a.example', 'localhost', '*.a'])
      assert(isOkHttpPattern(pattern), pattern);
    for (const pattern of [
      '',
      '*',
      '**',
      '*.',
      '**.',
      '*a.example',
      'a.*.example',
      '***.a',
      '*.*.a',
      '**.*.a',
      'a.example*',
    ]) {
      assert(!isOkHttpPattern(pattern), pattern);
    }
  });

  it('a host and no more', () => {
    for (const pattern of ['https://a.example', 'a.example:443', 'a.example/x', 'a b', 'a@b', '[::1]', 'a\u0000']) {
      assert(!isOkHttpPattern(pattern), pattern);
    }
  });
});

describe('matchOkHttp', () => {
  const covered = (pattern: string, host: string) => answer([entry(pattern, WRONG)], host) === 'refused no_pin_matched';

  it('*. is one label more, **. the name and all beneath it', () => {
    assert.deepEqual(
      ['a.example', 'b.a.example', 'c.b.a.example', 'xa.example'].map((host) => covered('*.a.example', host)),
      [false, true, false, false],
    );
    assert.deepEqual(
      ['a.example', 'b.a.example', 'c.b.a.example', 'xa.example'].map((host) => covered('**.a.example', host)),
      [true, true, true, false],
    );
    assert.deepEqual(
      ['a.example', 'A.EXAMPLE', 'b.a.example'].map((host) => covered('a.Example', host)),
      [true, true, false],
    );
  });

  it('takes the pins of all patterns that fit together', () => {
    const entries = [entry('a.example', WRONG), entry('**.example', RIGHT)];
    assert.equal(answer(entries, 'a.example'), 'connects pin_matched');
    assert.equal(answer(entries.slice(0, 1), 'a.example'), 'refused no_pin_matched');
    assert.equal(answer(entries.slice(0, 1), 'b.example'), 'connects unpinned');
    assert.equal(answer([entry('a.example')], 'a.example'), 'connects unpinned');
  });

  it('accepts pins of a wrong length, which never match', () => {
    assert.equal(answer([entry('a.example', 'sha256/AQID')], 'a.example'), 'refused no_usable_pin');
    assert.equal(answer([entry('a.example', 'sha256/AQID', WRONG)], 'a.example'), 'refused no_pin_matched');
    assert.equal(answer([entry('a.example', 'sha256/AQID', RIGHT)], 'a.example'), 'connects pin_matched');
  });

  it('says that SHA-1 was not compared', () => {
    const { because, trace } = matchOkHttp([entry('a.example', 'sha1/AQID')], connection('a.example'));
    assert.equal(because, 'no_pin_matched');
    assert.match(trace.at(-1)?.text ?? '', /SHA-1/);
    assert.equal(trace.at(-1)?.place?.line, 2);
  });

  it('a builder that throws lets nothing connect, whichever host it was about', () => {
    for (const broken of [entry('a.*.example', RIGHT), entry('b.example', pin(1)), entry('b.example', 'sha256/é')]) {
      assert.equal(answer([entry('a.example', RIGHT), broken], 'a.example'), 'crashes configuration_invalid');
    }
  });

  it('asks for trust first', () => {
    assert.equal(answer([entry('a.example', RIGHT)], 'a.example', { path: [] }), 'refused untrusted');
  });
});
