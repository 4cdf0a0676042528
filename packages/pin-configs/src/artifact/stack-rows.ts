/** How a built app tells its stacks (`STACKS` says what reaches them). Names of classes are gone where an app was shrunk. */

export interface StackTell {
  readonly stack: string;
  readonly name: RegExp;
}

/** Native libraries of Android, by file name. */
export const LIBRARY_STACKS: readonly StackTell[] = [
  { stack: 'flutter-dart-io', name: /^libflutter\.so$/ },
  { stack: 'cronet', name: /^libcronet(?:\.[\d.]+)?\.so$/ },
  { stack: 'grpc-core', name: /^libgrpc(?:_unsecure|_csharp_ext|\+\+)?\.so$/ },
  {
    stack: 'react-native-fetch',
    name: /^lib(?:reactnative|reactnativejni|hermes|jsc|jscexecutor|hermes_executor)\.so$/,
  },
  { stack: 'native-openssl', name: /^lib(?:ssl|crypto|curl|boringssl|mbedtls|wolfssl)(?:[._-][\w.]*)?\.so$/ },
];

/** Frameworks of an app for Apple's systems, by name. */
export const FRAMEWORK_STACKS: readonly StackTell[] = [
  { stack: 'flutter-dart-io', name: /^Flutter$/ },
  { stack: 'cronet', name: /^Cronet$/ },
  { stack: 'grpc-core', name: /^(?:grpc|grpcpp)$/ },
  { stack: 'react-native-fetch', name: /^(?:React|React-Core|hermes|ReactNative)$/ },
  { stack: 'urlsession', name: /^(?:Alamofire|AFNetworking|TrustKit)$/ },
  { stack: 'native-openssl', name: /^(?:OpenSSL|openssl_grpc|BoringSSL)$/ },
  { stack: 'wultra-pinning', name: /^WultraSSLPinning$/ },
  { stack: 'approov-pinning', name: /^Approov$/ },
];

/** Classes of Android apps. */
export const CLASS_STACKS: readonly { readonly stack: string; readonly descriptor: string }[] = [
  { stack: 'okhttp', descriptor: 'Lokhttp3/OkHttpClient;' },
  { stack: 'cronet', descriptor: 'Lorg/chromium/net/CronetEngine;' },
  { stack: 'ktor-cio', descriptor: 'Lio/ktor/client/engine/cio/CIO;' },
  { stack: 'react-native-fetch', descriptor: 'Lcom/facebook/react/modules/network/NetworkingModule;' },
  { stack: 'flutter-dart-io', descriptor: 'Lio/flutter/embedding/engine/FlutterEngine;' },
  { stack: 'wultra-pinning', descriptor: 'Lcom/wultra/android/sslpinning/CertStore;' },
  { stack: 'code-push', descriptor: 'Lcom/microsoft/codepush/react/CodePush;' },
  { stack: 'expo-updates', descriptor: 'Lexpo/modules/updates/UpdatesController;' },
  {
    stack: 'http-certificate-pinning',
    descriptor: 'Ldiefferson/http_certificate_pinning/HttpCertificatePinningPlugin;',
  },
];
