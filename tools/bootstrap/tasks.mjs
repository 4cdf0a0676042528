/**
 * Every task: the script that runs it, its leading arguments, and the trees that must be installed first (trees.mjs).
 * What only tests need is a tree of its own, so that starting the server never fetches a browser.
 */
export const TASKS = {
  up: { summary: 'start everything for a first look', script: 'apps/cli/bin/assay.js', args: ['up'], needs: ['root'] },
  serve: { summary: 'run the server', script: 'apps/cli/bin/assay.js', args: ['serve'], needs: ['root'] },
  assay: { summary: 'the assay command, from source', script: 'apps/cli/bin/assay.js', args: [], needs: ['root'] },
  test: {
    summary: 'all tests, or those that match',
    script: 'tools/suite/main.ts',
    args: [],
    needs: ['root', 'weights'],
  },
  check: { summary: 'every guard over the tree', script: 'tools/guards/main.ts', args: [], needs: ['root'] },
  fix: { summary: 'format, apply safe lint fixes', script: 'tools/guards/fix.ts', args: [], needs: ['root'] },
  build: { summary: 'compile every workspace to dist', script: 'tools/build/main.ts', args: [], needs: ['root'] },
  bench: {
    summary: 'measure against limits and peers',
    script: 'bench/main.ts',
    args: [],
    needs: ['root', 'weights', 'peers'],
  },
  torture: {
    summary: 'kill and corrupt the store, then look',
    script: 'tools/torture/main.ts',
    args: [],
    needs: ['root', 'weights'],
  },
  'mitm:selftest': {
    summary: 'run the battery against real clients, and look whether they do what is written of them',
    script: 'tools/mitm/main.ts',
    args: [],
    needs: ['root', 'weights'],
  },
  mutations: {
    summary: 'change valid evidence a million times and look what is accepted',
    script: 'packages/evidence/test/mutations/main.ts',
    args: [],
    needs: ['root'],
  },
  conformance: {
    summary: 'run the conformance vectors',
    script: 'apps/cli/bin/assay.js',
    args: ['conformance'],
    needs: ['root'],
  },
};
