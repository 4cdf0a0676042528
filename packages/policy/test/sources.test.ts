import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EXAMPLE_DEVICES, FACT_FORMATS, FACT_PATHS, FACTS, type FactFormat, type FactPath } from '@assay/policy';

const NAMES: Readonly<Record<string, FactFormat>> = { 'the app': 'app', 'the genuine app': 'apple-app-attest' };
const formatOf = (by: string): FactFormat | undefined => NAMES[by] ?? FACT_FORMATS.find((format) => format === by);

describe('sources of facts', () => {
  it('are there for every fact that anything can tell', () => {
    const silent = FACT_PATHS.filter((path) => Object.keys(FACTS[path].sources).length === 0);
    assert.deepEqual(
      silent.filter((path) => !path.startsWith('threats.')),
      [],
    );
  });

  it('give no proof from the app’s own word', () => {
    for (const path of FACT_PATHS) {
      const { app, signals } = FACTS[path].sources;
      assert.ok(app !== 'proven' && signals !== 'proven', path);
    }
  });

  it('agree with the example devices: each fact is known as well as its source can make it', () => {
    for (const [name, facts] of Object.entries(EXAMPLE_DEVICES)) {
      for (const path of FACT_PATHS.filter((each) => each !== 'evidence')) {
        const fact = FACTS[path].read(facts);
        const format = fact.known === 'absent' ? undefined : formatOf(fact.by);
        if (fact.known === 'absent' || format === undefined) continue;
        const best = FACTS[path].sources[format];
        assert.ok(best === 'proven' || best === fact.known, `${name}: ${path} by ${format}`);
      }
    }
  });

  it('say what is told apart in the documents', () => {
    const rows: readonly [FactPath, FactFormat, 'proven' | 'claimed' | undefined][] = [
      ['key.protection', 'android-key', 'proven'],
      ['key.protection', 'apple-app-attest', 'claimed'],
      ['device.labels', 'android-key', undefined],
      ['app.version', 'app', 'claimed'],
      ['threats.root', 'android-key', 'proven'],
      ['threats.root', 'signals', 'claimed'],
      ['history.advisories', 'server', 'proven'],
    ];
    for (const [path, format, known] of rows) assert.equal(FACTS[path].sources[format], known, `${path} ${format}`);
  });
});
