import { evaluatePolicy, presetOf } from '@assay/policy';
import { createDice, somebody } from '../../bench/parts/population.ts';
const AT = Date.UTC(2026,10,21);
const dice = createDice(4);
const people = Array.from({length: 4096}, () => somebody(dice));
const policy = presetOf('banking')!;
let n=0;
for (let r=0;r<4;r++){
const c = process.cpuUsage(); const N = 300000;
for (let i=0;i<N;i++) n += evaluatePolicy(policy, people[i & 4095]!, {at: AT, trace: false}).reasons.length;
const u = process.cpuUsage(c);
console.log(Math.round(N*1e6/(u.user+u.system)), n);}
