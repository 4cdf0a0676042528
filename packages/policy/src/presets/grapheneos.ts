/**
 * Verified boot keys of GrapheneOS releases, as its attestation compatibility guide lists them: devices that still get
 * complete security updates. The current list is signed: `https://grapheneos.org/attestation.json`, with
 * `attestation.json.sig` and the signing key in `allowed_signers`.
 */
export const GRAPHENEOS_SOURCE = 'https://grapheneos.org/articles/attestation-compatibility-guide';
/** Date of the guide's last change that is in this list. */
export const GRAPHENEOS_DATE = '2026-07-20';

interface BootKey {
  readonly key: string;
  readonly device: string;
}

export const GRAPHENEOS_BOOT_KEYS: readonly BootKey[] = [
  { key: 'd8f879d10419eddc9fcda6280718be763f6bf12299e1f72df3ea8ad8a8eb7f80', device: 'Pixel 10a' },
  { key: '55a2d44103e56d5ec65496399c417987ba77730e6488fc60ba058d09fc3caee3', device: 'Pixel 10 Pro Fold' },
  { key: '141d7fc32af7958a416f2661b37cf6f27bfb376fb5ce616aeaa27a82c7a04f74', device: 'Pixel 10 Pro XL' },
  { key: '4e8ee8f717754052198ca6d2d3aaa232e2461b4293c0d6f297e519cc778de093', device: 'Pixel 10 Pro' },
  { key: '3f7415ea26f5df5b14ea6d153256071a7a1af9ce7b0970b7311cc463c7ea02c7', device: 'Pixel 10' },
  { key: '0508de44ee00bfb49ece32c418af1896391abde0f05b64f41bc9a2dfb589445b', device: 'Pixel 9a' },
  { key: 'af4d2c6e62be0fec54f0271b9776ff061dd8392d9f51cf6ab1551d346679e24c', device: 'Pixel 9 Pro Fold' },
  { key: '55d3c2323db91bb91f20d38d015e85112d038f6b6b5738fe352c1a80dba57023', device: 'Pixel 9 Pro XL' },
  { key: 'f729cab861da1b83fdfab402fc9480758f2ae78ee0b61c1f2137dd1ab7076e86', device: 'Pixel 9 Pro' },
  { key: '9e6a8f3e0d761a780179f93acd5721ba1ab7c8c537c7761073c0a754b0e932de', device: 'Pixel 9' },
  { key: '096b8bd6d44527a24ac1564b308839f67e78202185cbff9cfdcb10e63250bc5e', device: 'Pixel 8a' },
  { key: '896db2d09d84e1d6bb747002b8a114950b946e5825772a9d48ba7eb01d118c1c', device: 'Pixel 8 Pro' },
  { key: 'cd7479653aa88208f9f03034810ef9b7b0af8a9d41e2000e458ac403a2acb233', device: 'Pixel 8' },
  { key: 'ee0c9dfef6f55a878538b0dbf7e78e3bc3f1a13c8c44839b095fe26dd5fe2842', device: 'Pixel Fold' },
  { key: '94df136e6c6aa08dc26580af46f36419b5f9baf46039db076f5295b91aaff230', device: 'Pixel Tablet' },
  { key: '508d75dea10c5cbc3e7632260fc0b59f6055a8a49dd84e693b6d8899edbb01e4', device: 'Pixel 7a' },
  { key: 'bc1c0dd95664604382bb888412026422742eb333071ea0b2d19036217d49182f', device: 'Pixel 7 Pro' },
  { key: '3efe5392be3ac38afb894d13de639e521675e62571a8a9b3ef9fc8c44fd17fa1', device: 'Pixel 7' },
  { key: '08c860350a9600692d10c8512f7b8e80707757468e8fbfeea2a870c0a83d6031', device: 'Pixel 6a' },
  { key: '439b76524d94c40652ce1bf0d8243773c634d2f99ba3160d8d02aa5e29ff925c', device: 'Pixel 6 Pro' },
  { key: 'f0a890375d1405e62ebfd87e8d3f475f948ef031bbf9ddd516d5f600a23677e8', device: 'Pixel 6' },
];

/** The list as an entry of `lists` in a policy, for systems that an owner installed and locked again. */
export function bootKeyList(): string {
  const rows = GRAPHENEOS_BOOT_KEYS.map(({ key, device }) => `    - "${key}" # ${device}`);
  return `  # GrapheneOS, ${GRAPHENEOS_DATE}. The current keys are signed at https://grapheneos.org/attestation.json; take over its
  # verifiedBootKeys when it changes. Keys of other systems that you trust to name your app stand here too.
  boot_keys:
${rows.join('\n')}`;
}
