import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CaseResult, CONTROL, type RunReport, summarize } from '@assay/mitm';
import { showFailedControl } from '../../src/mitm/failed-control.ts';
import { createSpeech } from '../../src/speech.ts';

type Connection = CaseResult['observation']['connections'][number];

const connection: Connection = {
  ...{ id: 1, way: 'connect', host: 'api.assay.test', openedAt: 0, records: [], certificateSent: true },
  ...{ handshake: 'completed', resumed: false, closed: 'fin', applicationBytes: 0, settingsOnly: false, requests: [] },
  clientCertificate: false,
};
const elsewhere: Connection = { ...connection, host: 'api.other.example', stranger: true };
const other: Connection = {
  ...connection,
  applicationBytes: 9,
  requests: [{ protocol: 'http/1.1', headers: [], marked: false }],
};

function nextOf(
  connections: readonly Connection[],
  { way = 'proxy', status = 1 }: Partial<RunReport & { status: number }> = {},
): string {
  const result: CaseResult = {
    ...{ case: CONTROL, standing: 'wrong', silent: false, because: 'because', settled: true, reproduce: '' },
    ...{ startedAt: 0, endedAt: 1 },
    observation: { connections, reports: [], exit: { status, milliseconds: 1, stdout: '', stderr: '' } },
  };
  const results = [result];
  let out = '';
  const stdout = { write: (text: string) => (out += text) };
  showFailedControl(createSpeech({ stdout, stderr: stdout }, { json: false, color: false }), {
    ...{ schema: 'assay.mitm.run/1', version: '1', startedAt: 0, endedAt: 1, hosts: ['api.assay.test'], way },
    ...{ client: { profile: 'p' }, clockSeconds: 0, reportsExpected: false, controls: 'failed-before' },
    ...{ results, summary: summarize(results) },
  });
  return / {6}next +(.+)\n/.exec(out)?.[1] ?? out;
}

describe('what to do where the valid server was not accepted', () => {
  it('goes by what was seen', () => {
    assert.match(nextOf([], { status: 127 }), /^the shell cannot start the command/);
    assert.match(
      nextOf([elsewhere]),
      /^the client went to api\.other\.example, which nobody named: .*--host api\.other\.example/,
    );
    assert.match(nextOf([elsewhere, connection]), /^have the client trust the file \$ASSAY_CA and pin \$ASSAY_PIN$/);
    assert.match(nextOf([other]), /^have the client request \$ASSAY_URL as it is/);
  });

  it('goes by the way, where nobody came', () => {
    assert.match(nextOf([]), /\$HTTPS_PROXY to \$ASSAY_URL; .*--way direct$/);
    assert.match(nextOf([], { way: 'socks5' }), /\$ALL_PROXY/);
    assert.match(nextOf([], { way: 'direct' }), /\$ASSAY_RESOLVE/);
    assert.match(nextOf([], { way: 'transparent' }), /firewall/);
  });
});
