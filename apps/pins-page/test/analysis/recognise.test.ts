import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RULES, readDocuments } from '@assay/pin-configs';
import { recognise } from '../../src/analysis/recognise.ts';

const CASES: readonly (readonly [string, string])[] = [
  ['chain.pem', 'depth=2\n-----BEGIN CERTIFICATE-----\n'],
  ['request.csr', '-----BEGIN CERTIFICATE REQUEST-----\n'],
  ['public-key.pem', '-----BEGIN PUBLIC KEY-----\n'],
  ['res/xml/network_security_config.xml', '<?xml version="1.0"?>\n<network-security-config/>'],
  ['AndroidManifest.xml', '<manifest xmlns:android="x">'],
  ['Info.plist', '<plist version="1.0">'],
  ['network_config.json', '{ "network-security-config": {} }'],
  ['package.json', '{ "name": "x", "dependencies": {} }'],
  ['assay.pins.json', '{ "version": 1, "hosts": [{ "pins": [{ "spki": "" }] }] }'],
  ['pins.json', '[{ "host": "a" }]'],
  ['assay.pins.yaml', '# ours\nversion: 1\nhosts: []'],
  ['pubspec.yaml', 'name: x\ndependencies:\n  http: 1'],
  ['Podfile.lock', 'PODS:\n  - TrustKit'],
  ['Pinning.dart', "import 'package:http/http.dart';"],
  ['Pinning.cs', 'using System.Net;'],
  ['Pinning.m', '#import <Foundation/Foundation.h>'],
  ['Pinning.swift', 'import Foundation'],
  ['Pinning.java', 'import okhttp3.CertificatePinner;\npublic class A {}'],
  ['pinning.ts', "import { fetch } from 'x';"],
  ['Pinning.kt', 'val pinner = CertificatePinner.Builder()'],
];

describe('a paste is recognised', () => {
  for (const [name, text] of CASES) it(`as ${name}`, () => assert.equal(recognise(text), name));

  it('as nothing when it shows no form', () => assert.equal(recognise('hello'), undefined));

  it("so that most of the rules' own examples are read as what they are", () => {
    const files = RULES.flatMap(({ fires }) => fires.flat());
    const same = files.filter(({ path, text }) => {
      const bytes = new TextEncoder().encode(text);
      const [wanted] = readDocuments(path, bytes);
      const [found] = readDocuments(recognise(text) ?? 'nothing', bytes);
      return wanted?.kind === found?.kind;
    });
    assert.ok(same.length / files.length > 0.9, `${same.length} of ${files.length}`);
  });
});
