/** The page's own sheet: screen by the reader's preference, paper in black on white. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1a1d21;--soft:#5a6270;--paper:#fff;--tint:#f5f6f8;--line:#d6dae0;--accent:#21436b;
--right:#1a6b3a;--wrong:#b3161f;--inconclusive:#8a5a00;--noted:#2b5797;--na:#636b78}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#a3abb8;--paper:#15181c;--tint:#1e2228;--line:#363c46;--accent:#9fc3ee;
--right:#6fcf97;--wrong:#ff8087;--inconclusive:#e9b44c;--noted:#86b3ee;--na:#9aa3b0}}
*{box-sizing:border-box}
html{scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
main,header.top,footer{max-width:66rem;margin:0 auto;padding:0 1.5rem}
header.top{padding-top:2.5rem}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem}
h1{font-size:1.9rem;line-height:1.2;margin:.2rem 0 .6rem;letter-spacing:-.01em}
h2{font-size:1.3rem;margin:2.6rem 0 .8rem;padding-bottom:.3rem;border-bottom:2px solid var(--accent)}
h3{font-size:1.05rem;margin:1.6rem 0 .5rem}
h4{font-size:.9rem;margin:1.1rem 0 .3rem;color:var(--soft);text-transform:uppercase;letter-spacing:.05em}
p{margin:.5rem 0}
a{color:var(--accent)}
.kicker{color:var(--soft);text-transform:uppercase;letter-spacing:.09em;font-size:.8rem;margin:0}
.soft{color:var(--soft)}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.86em}
pre{background:var(--tint);border:1px solid var(--line);border-radius:4px;padding:.6rem .8rem;margin:.4rem 0;white-space:pre-wrap;max-height:24rem;overflow:auto}
.verdict{border:1px solid var(--line);border-left:.5rem solid var(--mark);background:var(--tint);border-radius:4px;padding:.9rem 1.2rem;margin:1.2rem 0}
.verdict strong{font-size:1.15rem;color:var(--mark)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.7rem;margin:1.2rem 0;padding:0;list-style:none}
.tiles li{border:1px solid var(--line);border-top:.25rem solid var(--mark);border-radius:4px;padding:.5rem .8rem}
.tiles b{display:block;font-size:1.7rem;line-height:1.2;font-variant-numeric:tabular-nums}
dl.facts{display:grid;grid-template-columns:minmax(9rem,13rem) 1fr;gap:.35rem 1.2rem;margin:.8rem 0}
dl.facts dt{color:var(--soft)}dl.facts dd{margin:0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.6rem 0;font-size:.92rem}
caption{text-align:left;color:var(--soft);padding-bottom:.4rem;font-size:.88rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .65rem;border-bottom:1px solid var(--line)}
thead th{border-bottom:2px solid var(--line);font-size:.82rem;color:var(--soft);font-weight:600}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
tbody th{font-weight:600}
tr.group th{background:var(--tint);color:var(--soft)}
.id{white-space:nowrap}
.mark{display:inline-block;color:var(--mark);border:1px solid var(--mark);border-radius:3px;padding:0 .4rem;font-size:.8rem;font-weight:600;white-space:nowrap;overflow-wrap:normal}
.right{--mark:var(--right)}.wrong,.silent{--mark:var(--wrong)}.inconclusive{--mark:var(--inconclusive)}.noted{--mark:var(--noted)}.not-applicable{--mark:var(--na)}
.passed{--mark:var(--right)}.failed{--mark:var(--wrong)}
details.case{border:1px solid var(--line);border-left:.3rem solid var(--mark);border-radius:4px;margin:.7rem 0;padding:0 1.1rem}
details.case>summary{cursor:pointer;padding:.65rem 0;display:flex;gap:.7rem;align-items:baseline;flex-wrap:wrap}
details.case>summary h3{margin:0;flex:1 1 20rem}
details.case[open]{padding-bottom:1rem}
.shapes{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.8rem;line-height:1.9}
.shapes span{white-space:nowrap;border:1px solid var(--line);border-radius:3px;padding:0 .3rem;margin-right:.25rem}
.shapes .client{background:var(--tint)}
.connection{border-left:2px solid var(--line);padding-left:1rem;margin:.9rem 0}
.digest{font-size:.8rem}
footer{margin-top:3rem;padding-top:1rem;padding-bottom:3rem;color:var(--soft);font-size:.88rem}
@media print{:root{--ink:#000;--soft:#444;--paper:#fff;--tint:#f6f6f6;--line:#bbb;--accent:#000;--right:#14532b;--wrong:#8f1118;--inconclusive:#6b4600;--noted:#1f3f6e;--na:#444}
@page{size:A4;margin:18mm 16mm}
body{font-size:10pt}main,header.top,footer{max-width:none;padding:0}
h2{break-after:avoid}h3,h4,caption,thead{break-after:avoid}tr,.verdict,.connection{break-inside:avoid}
.skip{display:none}pre{max-height:none;overflow:visible}a{color:inherit;text-decoration:none}
details.case::details-content{content-visibility:visible;display:block;block-size:auto;opacity:1}details.case>summary{list-style:none}}
`;
