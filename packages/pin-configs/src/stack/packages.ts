/** Packages by which dependencies tell a stack. One row a package: what its name is in each registry. */
export const PACKAGES: readonly { readonly name: RegExp; readonly stack: string }[] = [
  { name: /^com\.squareup\.okhttp3:okhttp$/, stack: 'okhttp' },
  { name: /^io\.ktor:ktor-client-okhttp(?:-jvm)?$/, stack: 'okhttp' },
  { name: /^io\.ktor:ktor-client-cio(?:-jvm)?$/, stack: 'ktor-cio' },
  { name: /^react-native$/, stack: 'react-native-fetch' },
  { name: /^(?:Alamofire|AFNetworking)$/i, stack: 'urlsession' },
  { name: /^flutter$/, stack: 'flutter-dart-io' },
  {
    name: /^(?:org\.chromium\.net:cronet-\w+|com\.google\.android\.gms:play-services-cronet|cronet_http)$/,
    stack: 'cronet',
  },
  { name: /^react-native-nitro-fetch$/, stack: 'cronet' },
  { name: /^gRPC(?:-Core|-C\+\+)$/, stack: 'grpc-core' },
  { name: /^(?:OpenSSL-Universal|BoringSSL(?:-GRPC)?)$/, stack: 'native-openssl' },
  {
    name: /^(?:com\.wultra\.android\.sslpinning:.+|WultraSSLPinning|react-native-wultra-ssl-pinning)$/,
    stack: 'wultra-pinning',
  },
  {
    name: /^(?:io\.approov:.+|approov-service-\w+|@approov\/.+|approov_service_flutter_httpclient)$/,
    stack: 'approov-pinning',
  },
  { name: /^react-native-code-push$/, stack: 'code-push' },
  { name: /^expo-updates$/, stack: 'expo-updates' },
  { name: /^http_certificate_pinning$/, stack: 'http-certificate-pinning' },
];

export const stackOf = (name: string): string | undefined => PACKAGES.find((row) => row.name.test(name))?.stack;
