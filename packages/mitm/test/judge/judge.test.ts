import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Case } from '../../src/case.ts';
import type { JudgeContext } from '../../src/judge/bench.ts';
import { judge, rejudge, summarize } from '../../src/judge/judge.ts';
import type { Connection, Observation } from '../../src/observation.ts';
import type { CaseResult, Outcome, RunReport, Standing } from '../../src/outcome.ts';
import { NEGATIVE, PASSED, POSITIVE, REQUEST, type SHAPES, seen, shape } from './support/shapes.ts';

/** `outcome standing`. */
function judged(one: Case, observation: Observation, context: Partial<JudgeContext> = {}): string {
  const { outcome, standing } = judge(one, observation, { ...PASSED, ...context });
  return `${outcome} ${standing}`;
}

describe('shapes of connections', () => {
  const rows: readonly (readonly [name: keyof typeof SHAPES, outcome: Outcome, refuse: Standing, accept: Standing])[] =
    [
      ['Node closes in silence', 'REFUSED-CLOSE', 'right', 'wrong'],
      ['OpenSSL says unknown_ca in clear', 'REFUSED-ALERT', 'right', 'wrong'],
      ['JSSE says certificate_unknown in cipher', 'REFUSED-ALERT', 'right', 'wrong'],
      ['curl finds the wrong pin', 'REFUSED-POST', 'right', 'wrong'],
      ['curl finds the wrong pin over HTTP/2', 'REFUSED-POST', 'right', 'wrong'],
      ['OkHttp closes after its check', 'REFUSED-POST', 'right', 'wrong'],
      ['an alert after the handshake', 'REFUSED-POST', 'right', 'wrong'],
      ['a request', 'LEAKED', 'wrong', 'right'],
      ['no common version', 'UNSUPPORTED', 'inconclusive', 'inconclusive'],
      ['alert protocol_version', 'UNSUPPORTED', 'inconclusive', 'inconclusive'],
      ['only looked', 'NOT-REACHED', 'inconclusive', 'inconclusive'],
      ['silence until our time was up', 'REFUSED-CLOSE', 'right', 'wrong'],
      ['a session resumed, and closed', 'REFUSED-POST', 'right', 'wrong'],
    ];

  for (const [name, outcome, refuse, accept] of rows)
    it(name, () => {
      assert.equal(judged(NEGATIVE, seen(shape(name))), `${outcome} ${refuse}`);
      assert.equal(judged(POSITIVE, seen(shape(name))), `${outcome} ${accept}`);
      assert.equal(judged({ ...NEGATIVE, expect: 'report' }, seen(shape(name))), `${outcome} noted`);
    });

  for (const name of ['still open', 'handshake and no word', 'cut by us'] as const)
    it(`${name}: nothing is proven, whatever else was refused`, () => {
      const other = shape('Node closes in silence', { id: 2 });
      for (const one of [NEGATIVE, POSITIVE])
        assert.match(judged(one, seen(shape(name), other)), /^REFUSED-CLOSE inconclusive$/);
    });

  it('a finished handshake and silence until our time was up', () => {
    const idle = shape('handshake and no word', { closed: 'timeout' });
    assert.equal(judged(NEGATIVE, seen(idle)), 'UNDECIDED inconclusive');
  });

  it('an alert after the handshake, on which our end closed first', () => {
    const alerted = shape('an alert after the handshake', { closed: 'by-us' });
    assert.equal(judged(NEGATIVE, seen(alerted)), 'REFUSED-POST right');
  });

  it('an alert about what was negotiated, though our Certificate was on its way', () => {
    const alerted = shape('alert protocol_version', { certificateSent: true });
    assert.equal(judged(NEGATIVE, seen(alerted)), 'UNSUPPORTED inconclusive');
  });

  it('a hello that nothing was answered to yet', () => {
    assert.equal(judged(NEGATIVE, seen(shape('still open', { certificateSent: false }))), 'UNDECIDED inconclusive');
  });

  it('no connection at all', () => assert.equal(judged(NEGATIVE, seen()), 'NOT-REACHED inconclusive'));
});

describe('a refusal', () => {
  const refusal = shape('OpenSSL says unknown_ca in clear');

  it('counts only between controls that passed', () => {
    for (const controls of ['failed-before', 'failed-after', 'not-run'] as const)
      assert.equal(judged(NEGATIVE, seen(refusal), { controls }), 'REFUSED-ALERT inconclusive');
  });

  it('counts only where it was watched to the end', () => {
    assert.equal(judged(NEGATIVE, seen(refusal), { settled: false }), 'REFUSED-ALERT inconclusive');
  });

  it('beside a retry that leaks is a leak', () => {
    assert.equal(judged(NEGATIVE, seen(refusal, shape('a request', { id: 2 }))), 'LEAKED wrong');
    const plain = shape('a request', {
      id: 2,
      way: 'cleartext',
      handshake: 'none',
      requests: [{ ...REQUEST, marked: false }],
    });
    assert.equal(judged(NEGATIVE, seen(refusal, plain)), 'LEAKED wrong');
  });

  it('is that of the connection which came furthest', () => {
    const further = shape('curl finds the wrong pin', { id: 2 });
    assert.equal(judged(NEGATIVE, seen(refusal, further, shape('no common version', { id: 3 }))), 'REFUSED-POST right');
  });

  it('is silent where a report was expected and none came', () => {
    const at = (observation: Observation, reportsExpected: boolean): boolean =>
      judge(NEGATIVE, observation, { ...PASSED, reportsExpected }).silent;
    assert.equal(at(seen(refusal), true), true);
    assert.equal(at(seen(refusal), false), false);
    assert.equal(at({ ...seen(refusal), reports: [{ at: 1, form: 'trustkit' }] }, true), false);
    assert.equal(at(seen(shape('a request')), true), false);
  });

  it('of what no report has a form for is not silent', () => {
    const context = { ...PASSED, reportsExpected: true };
    const cipher: Case = { ...NEGATIVE, recipe: { tls: { cipher: 'TLS_RSA_WITH_NULL_SHA256' } } };
    const spoken = shape('alert protocol_version', { records: [{ from: 'server', type: 22, length: 90 }] });
    const redirect: Case = { ...NEGATIVE, recipe: { http: { redirect: 'http://{host}/' } } };
    for (const [one, observation] of [
      [cipher, seen(spoken)],
      [redirect, seen(shape('a request'))],
    ] as const) {
      const { standing, silent } = judge(one, observation, context);
      assert.deepEqual([standing, silent], ['right', false]);
    }
  });
});

describe('a leak', () => {
  it('is one whatever the controls say and however short the watch', () => {
    const context = { controls: 'failed-before', settled: false } as const;
    assert.equal(judged(NEGATIVE, seen(shape('a request')), context), 'LEAKED wrong');
  });

  it('needs no marker and no host of ours', () => {
    const other = shape('a request', { host: 'analytics.test', requests: [{ ...REQUEST, marked: false }] });
    assert.equal(judged(NEGATIVE, seen(other)), 'LEAKED wrong');
  });

  it('needs no request that could be read', () => {
    assert.equal(judged(NEGATIVE, seen(shape('a request', { requests: [] }))), 'LEAKED wrong');
    assert.equal(judged(NEGATIVE, seen(shape('a request', { applicationBytes: 0 }))), 'LEAKED wrong');
  });

  it('is none where the harness serves something of its own, or passes something through', () => {
    const service = shape('a request', { host: 'pins.assay.test' });
    const observation = {
      ...seen(service, shape('Node closes in silence', { id: 2 })),
      services: ['pins.assay.test:443'],
    };
    assert.equal(judged(NEGATIVE, observation), 'REFUSED-CLOSE right');
    const elsewhere = shape('a request', { host: 'pins.assay.test', port: 8_443 });
    assert.equal(judged(NEGATIVE, { ...observation, connections: [elsewhere] }), 'LEAKED wrong');
    assert.equal(judged(NEGATIVE, seen(shape('a request', { stranger: true }))), 'NOT-REACHED inconclusive');
  });

  it('by a datagram cannot be, and a datagram is no refusal', () => {
    const attempt = shape('only looked', { way: 'udp', applicationBytes: 1_200 });
    assert.equal(judged(NEGATIVE, seen(attempt)), 'NOT-REACHED inconclusive');
  });
});

describe('a client certificate', () => {
  const asks: Case = { ...NEGATIVE, id: 'N61', recipe: { ...NEGATIVE.recipe, tls: { clientCertificate: 'request' } } };

  it('given to a server that is then refused is wrong', () => {
    const given = shape('curl finds the wrong pin', { clientCertificate: true });
    assert.equal(judged(asks, seen(given)), 'REFUSED-POST wrong');
    assert.match(judge(asks, seen(given), PASSED).because, /certificate/);
  });

  it('that was kept is right', () =>
    assert.equal(judged(asks, seen(shape('OkHttp closes after its check'))), 'REFUSED-POST right'));
});

describe('what must be accepted', () => {
  it('counts by the marker alone', () => {
    const unmarked = shape('a request', { requests: [{ ...REQUEST, marked: false }] });
    assert.equal(judged(POSITIVE, seen(unmarked)), 'LEAKED inconclusive');
    assert.equal(judged(POSITIVE, seen(unmarked, shape('Node closes in silence', { id: 2 }))), 'LEAKED wrong');
    assert.equal(
      judged(POSITIVE, seen(shape('Node closes in silence'), shape('a request', { id: 2 }))),
      'LEAKED right',
    );
  });

  it('says what came of a refusal, and of data that proves nothing', () => {
    const retry = shape('a request', { id: 2, way: 'cleartext', handshake: 'none' });
    const { because } = judge(POSITIVE, seen(shape('Node closes in silence'), retry), PASSED);
    assert.match(
      because,
      /^The client refused what it must accept: connection 1 .*\. Data arrived all the same in clear/,
    );
    assert.match(because, /: connection 2 .*\(cleartext\)/);
    const unmarked = shape('a request', { requests: [{ ...REQUEST, marked: false }] });
    assert.match(judge(POSITIVE, seen(unmarked), PASSED).because, /^Nothing was proven \(ARRIVED\)/);
  });

  it('does not count in cleartext', () => {
    assert.equal(judged(POSITIVE, seen(shape('a request', { way: 'cleartext' }))), 'LEAKED inconclusive');
  });

  it('may be refused where the case says so', () => {
    const lenient = { ...POSITIVE, mayRefuse: 'a client may insist on TLS 1.3' };
    assert.equal(judged(lenient, seen(shape('Node closes in silence'))), 'REFUSED-CLOSE noted');
    assert.equal(judged(lenient, seen(shape('no common version'))), 'UNSUPPORTED noted');
    assert.equal(judged(lenient, seen()), 'NOT-REACHED inconclusive');
  });
});

describe('parameters that a correct client refuses', () => {
  const old: Case = { ...NEGATIVE, id: 'N40.a', group: 'protocol', recipe: { tls: { versions: ['tls1.0'] } } };
  const spoken = { certificateSent: false, records: [{ from: 'server', type: 22, length: 90 } as const] };

  it('are refused before any certificate', () => {
    assert.equal(judged(old, seen(shape('alert protocol_version', spoken))), 'REFUSED-ALERT right');
    assert.equal(judged(old, seen(shape('Node closes in silence', spoken))), 'REFUSED-CLOSE right');
  });

  it('are not refused by a client that our end refused', () => {
    assert.equal(judged(old, seen(shape('no common version', { records: [] }))), 'UNSUPPORTED inconclusive');
  });

  it('are accepted by a client that goes on', () => {
    assert.equal(judged(old, seen(shape('cut by us', { ...spoken, wentOn: true }))), 'WENT-ON wrong');
  });

  it('are not shown to be refused by a client that offers them', () => {
    const { hello } = shape('Node closes in silence');
    const offering = (versions: readonly number[]): Partial<Connection> => ({
      ...spoken,
      ...(hello === undefined ? {} : { hello: { ...hello, versions } }),
    });
    const alerted = (versions: readonly number[]) =>
      seen(shape('OpenSSL says unknown_ca in clear', offering(versions)));
    assert.equal(judged(old, alerted([0x0304, 0x0303, 0x0302, 0x0301])), 'REFUSED-ALERT inconclusive');
    assert.equal(judged(old, alerted([0x0304, 0x0303, 0x0302])), 'REFUSED-ALERT right');
    const { because } = judge(old, alerted([0x0304, 0x0301]), PASSED);
    for (const word of ['offers TLS 1.0,', 'minimum version to TLS 1.2', 'another case of N40'])
      assert.ok(because.includes(word), because);
  });

  it('are not shown to be refused by a client that offers another suite of the same weakness', () => {
    const rc4: Case = { ...old, id: 'N42.c', recipe: { tls: { cipher: 'TLS_ECDHE_ECDSA_WITH_RC4_128_SHA' } } };
    const { hello } = shape('Node closes in silence');
    const alerted = (...ciphers: readonly number[]) =>
      seen(shape('OpenSSL says unknown_ca in clear', { ...spoken, ...(hello && { hello: { ...hello, ciphers } }) }));
    assert.equal(judged(rc4, alerted(0x1301, 0x0005)), 'REFUSED-ALERT inconclusive');
    assert.equal(judged(rc4, alerted(0x1301, 0x000a)), 'REFUSED-ALERT right');
  });
});

describe('the mark of a server that knows TLS 1.3', () => {
  const marked: Case = { ...NEGATIVE, id: 'N41.b', recipe: { tls: { downgrade: 'with-sentinel' } } };
  const of12 = { ...(shape('a request').hello ?? assert.fail()), versions: [0x0303] };

  it('must be minded by who offers TLS 1.3', () => {
    assert.equal(judged(marked, seen(shape('OpenSSL says unknown_ca in clear'))), 'REFUSED-ALERT right');
    assert.equal(judged(marked, seen(shape('a request'))), 'LEAKED wrong');
  });

  it('says nothing to others', () => {
    assert.equal(judged(marked, seen(shape('a request', { hello: of12 }))), 'UNSUPPORTED noted');
    const plain = shape('a request', { id: 2, way: 'cleartext', handshake: 'none' });
    assert.equal(judged(marked, seen(shape('a request', { hello: of12 }), plain)), 'LEAKED wrong');
  });
});

describe('octets that are no TLS', () => {
  const raw = (kind: 'closed' | 'held' | 'garbage'): Case => ({ ...NEGATIVE, id: 'N63', recipe: { raw: { kind } } });
  const bare = { certificateSent: false, records: [] };

  it('that only end the patience of the harness were refused in no words', () => {
    const waiting = seen(shape('silence until our time was up', bare));
    assert.match(judge(raw('held'), waiting, PASSED).because, /^The client sent nothing until our time was up/);
  });

  it('are refused by whoever leaves', () => {
    assert.equal(judged(raw('held'), seen(shape('Node closes in silence', bare))), 'REFUSED-CLOSE right');
    assert.equal(judged(raw('garbage'), seen(shape('OpenSSL says unknown_ca in clear', bare))), 'REFUSED-ALERT right');
  });

  it('prove nothing of a client that still waits', () => {
    assert.equal(judged(raw('held'), seen(shape('still open', bare))), 'UNDECIDED inconclusive');
    assert.equal(judged(raw('garbage'), seen(shape('cut by us', bare))), 'UNDECIDED inconclusive');
  });

  it('need no leaving where we close', () => {
    assert.equal(judged(raw('closed'), seen(shape('cut by us', bare))), 'REFUSED-CLOSE right');
    assert.equal(judged(raw('closed'), seen(shape('cut by us', bare), shape('a request', { id: 2 }))), 'LEAKED wrong');
  });
});

describe('cleartext that a genuine server leads to', () => {
  const redirect: Case = { ...NEGATIVE, id: 'N45', recipe: { http: { redirect: 'http://{host}/' } } };
  const plain = shape('a request', { id: 2, way: 'cleartext', handshake: 'none' });

  it('is not gone to', () => assert.equal(judged(redirect, seen(shape('a request'))), 'NOT-FOLLOWED right'));
  it('is not gone to by who gets a staple and timestamps of every server', () => {
    const chain = { leaf: { timestamps: { by: 'embedded', fault: 'none' } as const } };
    const furnished: Case = { ...redirect, recipe: { ...redirect.recipe, chain, staple: { status: 'good' } } };
    assert.equal(judged(furnished, seen(shape('a request'))), 'NOT-FOLLOWED right');
    const forged: Case = {
      ...furnished,
      recipe: { ...furnished.recipe, chain: { leaf: { ...chain.leaf, key: 'other' } } },
    };
    assert.equal(judged(forged, seen(shape('a request'))), 'LEAKED wrong');
  });
  it('is gone to', () => assert.equal(judged(redirect, seen(shape('a request'), plain)), 'LEAKED wrong'));
  it('is tempted to by the address alone, or kept from by HSTS', () => {
    const twice = shape('a request', { requests: [REQUEST, REQUEST] });
    const tempted: readonly Case[] = [
      { ...NEGATIVE, recipe: {}, steps: ['request', 'plain-request'] },
      { ...NEGATIVE, recipe: { http: { hsts: true } } },
    ];
    for (const one of tempted) {
      assert.equal(judged(one, seen(twice)), 'NOT-FOLLOWED right');
      assert.equal(judged(one, seen(shape('a request'), shape('a request', { id: 3 }))), 'NOT-FOLLOWED right');
      assert.equal(judged(one, seen(shape('a request'), plain)), 'LEAKED wrong');
    }
  });
  it('is not proven to be left alone by a client that never asked for it', () => {
    const hsts: Case = { ...NEGATIVE, recipe: { http: { hsts: true } }, steps: ['request', 'plain-request'] };
    assert.equal(judged(hsts, seen(shape('a request'))), 'NOT-FOLLOWED inconclusive');
  });
  it('is not the question where the server is to be accepted', () =>
    assert.equal(judged({ ...redirect, expect: 'accept' }, seen(shape('a request'))), 'LEAKED right'));
  it('was never offered to a client that refused the server', () =>
    assert.equal(judged(redirect, seen(shape('Node closes in silence'))), 'REFUSED-CLOSE inconclusive'));
  it('is not the question where the server is forged', () =>
    assert.equal(
      judged({ ...redirect, recipe: { ...NEGATIVE.recipe, ...redirect.recipe } }, seen(shape('a request'))),
      'LEAKED wrong',
    ));
});

describe('pins that change between requests', () => {
  const change: Case = { ...NEGATIVE, id: 'N48', recipe: {}, steps: ['request', 'update-pins', 'request'] };
  const first = shape('a request', { openedAt: 1_000, requests: [{ ...REQUEST, at: 1_001 }] });
  const after = { openedAt: 3_000 };
  const at = (...connections: readonly Connection[]): Observation => ({
    ...seen(...connections),
    pinsServedAt: 2_000,
  });

  it('make the request before them right', () => {
    assert.equal(
      judged(change, at(first, shape('Node closes in silence', { id: 2, ...after }))),
      'REFUSED-CLOSE right',
    );
  });

  it('must not be outlived by a session', () => {
    const resumed = shape('a request', { id: 2, resumed: true, certificateSent: false, ...after });
    assert.equal(judged(change, at(first, resumed)), 'LEAKED wrong');
  });

  it('must not be outlived by a connection', () => {
    for (const late of [2_000, 3_000]) {
      const kept = { ...first, requests: [...first.requests, { ...REQUEST, at: late }] };
      assert.equal(judged(change, at(kept)), 'LEAKED wrong');
    }
  });

  it('prove nothing where they were never fetched, or nothing came after', () => {
    assert.equal(judged(change, seen(first)), 'NOT-REACHED inconclusive');
    assert.match(judge(change, seen(first), PASSED).because, /never fetched/);
    assert.equal(judged(change, at(first)), 'NOT-REACHED inconclusive');
  });
});

describe('a pin set that must not be taken', () => {
  const takeover: Case = { ...NEGATIVE, id: 'N55.a', steps: ['update-pins', 'request'] };
  const refused = seen(shape('Node closes in silence'));

  it('was refused only where it was offered', () => {
    assert.equal(judged(takeover, { ...refused, pinsServedAt: 500 }), 'REFUSED-CLOSE right');
    assert.equal(judged(takeover, refused), 'REFUSED-CLOSE inconclusive');
    assert.equal(judged(takeover, seen(shape('a request'))), 'LEAKED wrong');
  });
});

describe('a second host with pins of its own', () => {
  const two: Case = { ...NEGATIVE, id: 'N52', steps: ['request', 'second-host'] };
  const secondHost = 'second.assay.test';

  it('is judged by them, also on an open connection', () => {
    const first = shape('a request');
    const refused = shape('Node closes in silence', { id: 2, host: secondHost });
    const joined = { ...first, requests: [REQUEST, { ...REQUEST, host: secondHost }] };
    assert.equal(judged(two, { ...seen(first, refused), secondHost }), 'REFUSED-CLOSE right');
    assert.equal(judged(two, { ...seen(joined), secondHost }), 'LEAKED wrong');
    assert.equal(judged(two, seen(first)), 'LEAKED wrong');
    assert.equal(judged({ ...two, expect: 'accept' }, { ...seen(first), secondHost }), 'LEAKED right');
  });
});

describe('what is only reported', () => {
  const noted: Case = { ...NEGATIVE, id: 'N43', expect: 'report' };

  it('names stacks, missing server names and datagrams', () => {
    const { serverName: _, ...nameless } = shape('a request').hello ?? assert.fail();
    const other = shape('a request', { id: 2, hello: { ...nameless, ja4: 't13i000000_other' } });
    const { because } = judge(
      noted,
      seen(shape('a request'), other, shape('only looked', { id: 3, way: 'udp' })),
      PASSED,
    );
    for (const words of ['3 connections', '2 TLS stacks', '1 without a server name', '1 by UDP', '2 with requests'])
      assert.ok(because.includes(words), because);
  });
});

describe('a run', () => {
  const result = (one: Case, observation: Observation, change: Partial<CaseResult> = {}): CaseResult => ({
    ...judge(one, observation, PASSED),
    ...{ case: one, observation, settled: true, startedAt: 0, endedAt: 1, reproduce: 'assay mitm run' },
    ...change,
  });
  const skipped: CaseResult = {
    ...{ case: { ...NEGATIVE, id: 'N34' }, standing: 'not-applicable', silent: false, because: 'no staples' },
    ...{ observation: seen(), settled: false, startedAt: 0, endedAt: 0, reproduce: '' },
  };
  const results = [
    result(POSITIVE, seen(shape('a request'))),
    result(NEGATIVE, seen(shape('a request'))),
    result(NEGATIVE, seen(shape('curl finds the wrong pin'))),
    result(NEGATIVE, seen()),
    skipped,
  ];
  const report: RunReport = {
    ...{
      schema: 'assay.mitm.run/1',
      version: '0.1.0',
      startedAt: 0,
      endedAt: 9,
      hosts: ['api.assay.test'],
      way: 'proxy',
    },
    ...{ client: { profile: 'curl' }, clockSeconds: 0, reportsExpected: false, controls: 'passed', results },
    summary: summarize(results),
  };

  it('is summed up', () => {
    assert.deepEqual(report.summary, {
      ...{ right: 2, wrong: 1, inconclusive: 1, noted: 0, 'not-applicable': 1, silent: 0, leaked: 1 },
    });
  });

  it('is judged again from its record alike', () => {
    const read: RunReport = JSON.parse(JSON.stringify(report));
    assert.deepEqual(rejudge(read), report);
  });

  it('calls known what it was known for', () => {
    const known: RunReport = {
      ...report,
      results: [result(NEGATIVE, seen(shape('a request')), { known: 'a reason' })],
    };
    assert.equal(rejudge(known).results[0]?.known, 'a reason');
    const [first] = known.results;
    const other = { ...known, results: [{ ...(first ?? assert.fail()), outcome: 'WENT-ON' as const }] };
    assert.equal(rejudge(other).results[0]?.known, undefined);
  });

  it('is judged again by its controls', () => {
    const { summary } = rejudge({ ...report, controls: 'failed-after' });
    assert.deepEqual([summary.right, summary.wrong, summary.inconclusive], [1, 1, 2]);
  });
});
