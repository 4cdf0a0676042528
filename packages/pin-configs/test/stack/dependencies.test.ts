import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEPENDENCY_FILES, readDependencies } from '../../src/stack/dependencies.ts';
import { PACKAGES } from '../../src/stack/packages.ts';
import { DYNAMIC_STACKS, OVER_THE_AIR_STACKS, STACKS } from '../../src/stack/table.ts';

const stacks = (file: string, text: string): readonly string[] =>
  readDependencies(file, text).flatMap((document) =>
    'stacks' in document ? document.stacks.map(({ stack }) => stack) : [],
  );

const ROWS: readonly (readonly [string, string, string])[] = [
  ['package.json', '{\n  "dependencies": {\n    "react-native": "0.80.0"\n  }\n}', 'react-native-fetch'],
  ['ios/Podfile.lock', 'PODS:\n  - Alamofire (5.9.1)\n', 'urlsession'],
  ['ios/Podfile.lock', 'PODS:\n  - "gRPC-C++/Core (1.50.0)":\n', 'grpc-core'],
  ['Package.resolved', '{ "pins": [ { "identity" : "alamofire" } ] }', 'urlsession'],
  ['pubspec.yaml', 'dependencies:\n  flutter:\n    sdk: flutter\n', 'flutter-dart-io'],
  ['pubspec.lock', 'packages:\n  http_certificate_pinning:\n', 'http-certificate-pinning'],
  ['app/build.gradle', "implementation 'com.squareup.okhttp3:okhttp:4.12.0'", 'okhttp'],
  ['app/build.gradle.kts', 'implementation("io.ktor:ktor-client-cio:2.3.0")', 'ktor-cio'],
  ['gradle/libs.versions.toml', 'okhttp = { module = "com.squareup.okhttp3:okhttp", version.ref = "ok" }', 'okhttp'],
];

describe('dependencies', () => {
  for (const [file, text, stack] of ROWS) {
    it(`${file} tells ${stack}`, () => {
      assert.ok(DEPENDENCY_FILES.test(file));
      assert.deepEqual(stacks(file, text), [stack]);
    });
  }

  it('say where the dependency stands', () => {
    const [document] = readDependencies('pubspec.yaml', 'dependencies:\n  flutter:\n');
    assert.ok(document?.kind === 'dependencies');
    assert.deepEqual(document.stacks[0]?.place, {
      file: 'pubspec.yaml',
      line: 2,
      column: 3,
      endLine: 2,
      endColumn: 10,
    });
  });

  it('without a known stack are no document', () => {
    assert.deepEqual(readDependencies('package.json', '{\n  "dependencies": {\n    "left-pad": "1"\n  }\n}'), []);
    assert.equal(DEPENDENCY_FILES.test('src/package.json.ts'), false);
  });

  it('name stacks of the table alone', () => {
    const known = new Set(Object.keys(STACKS));
    for (const { stack } of PACKAGES) assert.ok(known.has(stack), stack);
    for (const stack of [...DYNAMIC_STACKS, ...OVER_THE_AIR_STACKS]) assert.ok(known.has(stack), stack);
  });
});
