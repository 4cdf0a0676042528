import type { PolicyHost } from '../../policy/model.ts';
import { isEnforced } from '../fit.ts';
import { indented } from '../source.ts';
import type { Target } from '../target.ts';
import { androidNsc } from './android-nsc.ts';
import { androidFiles } from './android-xml.ts';

/** Its elements stand in the platform's own configuration, which enforces the pins whatever they say. */
export const trustKitAndroid: Target = {
  id: 'trustkit-android',
  title: 'TrustKit for Android',
  can: { ...androidNsc.can, sendsReports: true },
  caveats: [
    ...androidNsc.caveats,
    'The platform enforces every pin-set, so that a host of mode: report has none and is not told of either.',
    'Call TrustKit.initializeWithNetworkSecurityConfiguration before the first connection.',
  ],
  files: (policy, options) => androidFiles(policy, options, 'app/src', trustKitConfig),
};

/** Silence means that nothing is enforced, and that failures go to the library's own vendor: both are said. */
function trustKitConfig(host: PolicyHost): readonly string[] {
  if (!isEnforced(host)) return [];
  const reports = host.reportTo.map((uri) => `<report-uri>${uri}</report-uri>`);
  return [
    '<trustkit-config enforcePinning="true" disableDefaultReportUri="true">',
    ...indented(reports, '    '),
    '</trustkit-config>',
  ];
}
