import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readPolicy, TARGETS, writeTarget } from '@assay/pin-configs';
import { compileKotlin, kotlinTools, runJava } from '../../../../../tools/kotlin/tools.ts';
import { createFolder } from '../../support/assay.ts';
import { AFTER, BEFORE, CA_POLICY, POLICY, ROOT, startServer, TOLD_POLICY } from './server.ts';

const policy = readPolicy('assay.pins.yaml', POLICY + CA_POLICY + TOLD_POLICY);

function textOf(id: string, path: string): string {
  const target = TARGETS.find((each) => each.id === id);
  const files = target === undefined ? [] : writeTarget(target, policy).files;
  return files.find((file) => file.path === path)?.text ?? '';
}

const EXPECTED = [
  [`leaf.example.com@${BEFORE}`, 'connects'],
  [`ca.example.com@${BEFORE}`, 'connects'],
  [`free.example.com@${BEFORE}`, 'connects'],
  [`wrong.example.com@${BEFORE}`, 'pin'],
  [`decoy.example.com@${BEFORE}`, 'pin'],
  [`one.example.com@${BEFORE}`, 'pin'],
  [`a.one.example.com@${BEFORE}`, 'pin'],
  [`a.a.one.example.com@${BEFORE}`, 'connects'],
  [`all.example.com@${BEFORE}`, 'pin'],
  [`a.a.all.example.com@${BEFORE}`, 'pin'],
  [`ended.example.com@${BEFORE}`, 'pin'],
  [`ended.example.com@${AFTER}`, 'connects'],
  [`told.example.com@${BEFORE}`, 'connects'],
] as const;

const tools = await kotlinTools();
const skip = 'missing' in tools ? tools.missing : false;

describe('what is written for OkHttp and Ktor', { skip }, () => {
  it('compiles without a warning, and does what the policy says', async () => {
    const classpath = 'classpath' in tools ? tools.classpath : '';
    const folder = createFolder({
      'okhttp/AssayPins.kt': textOf('okhttp-kotlin', 'AssayPins.kt'),
      'ktor/AssayPins.kt': textOf('ktor-kotlin', 'androidMain/AssayPins.kt'),
      'root.pem': ROOT.pem,
    });
    const sources = [join(folder, 'okhttp'), join(folder, 'ktor'), join(import.meta.dirname, 'Main.kt')];
    const classes = join(folder, 'classes');
    await compileKotlin(classpath, sources, classes);
    const { server, port } = await startServer();
    try {
      const args = [String(port), join(folder, 'root.pem'), ...EXPECTED.map(([question]) => question)];
      const said = await runJava([classes, classpath], 'MainKt', args);
      const wanted = EXPECTED.flatMap(([question, answer]) => [
        `okhttp ${question} ${answer}`,
        `ktor ${question} ${answer}`,
      ]);
      assert.deepEqual(said.trim().split('\n'), wanted);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
