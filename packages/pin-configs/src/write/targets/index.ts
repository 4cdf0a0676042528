import type { Target } from '../target.ts';
import { afNetworking } from './afnetworking.ts';
import { alamofire } from './alamofire.ts';
import { androidNsc } from './android-nsc.ts';
import { ats } from './ats.ts';
import { cordova } from './cordova.ts';
import { cordovaAdvancedHttp } from './cordova-advanced-http.ts';
import { curl } from './curl.ts';
import { flutter } from './flutter.ts';
import { harmony } from './harmony.ts';
import { ktor } from './ktor.ts';
import { maui } from './maui.ts';
import { nativeScript } from './nativescript.ts';
import { nativeScriptHttps } from './nativescript-https.ts';
import { node } from './node.ts';
import { okHttp } from './okhttp.ts';
import { reactNativeSslPinning } from './react-native-ssl-pinning.ts';
import { reactNativeSslPublicKeyPinning } from './react-native-ssl-public-key-pinning.ts';
import { trustKitAndroid } from './trustkit-android.ts';
import { trustKitIosPlist, trustKitIosSwift } from './trustkit-ios.ts';
import { urlSession } from './urlsession.ts';

/** Every target; the order is the order of lists. */
export const TARGETS: readonly Target[] = [
  androidNsc,
  trustKitAndroid,
  okHttp,
  ktor,
  ats,
  trustKitIosPlist,
  trustKitIosSwift,
  urlSession,
  alamofire,
  afNetworking,
  flutter,
  reactNativeSslPublicKeyPinning,
  reactNativeSslPinning,
  cordova,
  cordovaAdvancedHttp,
  nativeScript,
  nativeScriptHttps,
  maui,
  harmony,
  curl,
  node,
];
