/** A chain that was made for this page, a request for its backup key, and a configuration with the usual mistakes. */
export const EXAMPLE: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'api.example.com.pem',
    text: `-----BEGIN CERTIFICATE-----
MIIB8DCCAZagAwIBAgICIAIwCgYIKoZIzj0EAwIwQjELMAkGA1UEBhMCVVMxFjAU
BgNVBAoMDUV4YW1wbGUgVHJ1c3QxGzAZBgNVBAMMEkV4YW1wbGUgSXNzdWluZyBF
NzAeFw0yNjExMjExNTI2NDBaFw0zNjExMDgxNTI2NDBaMBoxGDAWBgNVBAMMD2Fw
aS5leGFtcGxlLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABConibmyagND
vY34IVe68ESIjnYl2Vnq/6qfcGJYgmw5BXpIEfB/5xWxJZmc4LzWEEhi/zlid/aU
zc1eeuGITumjgaMwgaAwDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCB4AwEwYD
VR0lBAwwCgYIKwYBBQUHAwEwKwYDVR0RBCQwIoIPYXBpLmV4YW1wbGUuY29tgg93
d3cuZXhhbXBsZS5jb20wHQYDVR0OBBYEFJDnNHYoatpTwHNJtbEFxcELWgTIMB8G
A1UdIwQYMBaAFBndKj9UnFXSZ5EoeU/NE4KT7SOzMAoGCCqGSM49BAMCA0gAMEUC
IFo02Ivs1nMGTHIEqiPuWjsDq603f0QDWz0FA6UAIss6AiEA6M+hrnfSaZ9nO6dL
yhXE1ZB4Z7eOLcgnjgkgDnTX3gk=
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
MIIB2DCCAX2gAwIBAgICEAEwCgYIKoZIzj0EAwIwPzELMAkGA1UEBhMCVVMxFjAU
BgNVBAoMDUV4YW1wbGUgVHJ1c3QxGDAWBgNVBAMMD0V4YW1wbGUgUm9vdCBSMTAe
Fw0yNjExMjExNTI2NDBaFw0zNjExMTgxNTI2NDBaMEIxCzAJBgNVBAYTAlVTMRYw
FAYDVQQKDA1FeGFtcGxlIFRydXN0MRswGQYDVQQDDBJFeGFtcGxlIElzc3Vpbmcg
RTcwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ1iyOMuOKwBEKCLXOzNqSUIVIO
PQ+1HYc7TqP3bSBhFgZi7Yv7aAEujNSx4gecB8pMJ2WFiD1rMAc9NP8pf1Rzo2Yw
ZDASBgNVHRMBAf8ECDAGAQH/AgEAMA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQU
Gd0qP1ScVdJnkSh5T80TgpPtI7MwHwYDVR0jBBgwFoAU7PCKduA0xoBlTcj11xTG
NH7ZTUYwCgYIKoZIzj0EAwIDSQAwRgIhAPyYZEmdvEp6vDD5JYHbbYoSxTCjLt+/
YIDCsKec1TXPAiEA1nT1bQZ+9e5CmVsvlBSXvxB89uKBveJBUfQgfmaeuwE=
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
MIIB5DCCAYmgAwIBAgIUC1RE1HHf9h1RUn/ToYE3M5r2t04wCgYIKoZIzj0EAwIw
PzELMAkGA1UEBhMCVVMxFjAUBgNVBAoMDUV4YW1wbGUgVHJ1c3QxGDAWBgNVBAMM
D0V4YW1wbGUgUm9vdCBSMTAeFw0yNjExMjExNTI2MzlaFw00NjExMTYxNTI2Mzla
MD8xCzAJBgNVBAYTAlVTMRYwFAYDVQQKDA1FeGFtcGxlIFRydXN0MRgwFgYDVQQD
DA9FeGFtcGxlIFJvb3QgUjEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQcHqji
1bn/W3uWTZEcDNGPhDzFG9kGs2aL+yxHViXfwwA8nxOrcb3W/+d3GgjjIMd4YFjy
IwqTWPwTEg+RnAQro2MwYTAdBgNVHQ4EFgQU7PCKduA0xoBlTcj11xTGNH7ZTUYw
HwYDVR0jBBgwFoAU7PCKduA0xoBlTcj11xTGNH7ZTUYwDwYDVR0TAQH/BAUwAwEB
/zAOBgNVHQ8BAf8EBAMCAQYwCgYIKoZIzj0EAwIDSQAwRgIhAJ0x7F4XwqhAtioe
yapcBZQE4r/2F1tuddbrij4/e291AiEAod1Hn6DoSpukCBlxzrPgxUZ5cznIXCvK
O6brl1WnJd4=
-----END CERTIFICATE-----
`,
  },
  {
    name: 'backup.csr',
    text: `-----BEGIN CERTIFICATE REQUEST-----
MIHUMHwCAQAwGjEYMBYGA1UEAwwPYXBpLmV4YW1wbGUuY29tMFkwEwYHKoZIzj0C
AQYIKoZIzj0DAQcDQgAE5OV/C2u1qwEa3ij+UyksfpZ+wvPfQWwBmJWLnUENyCwo
Nz686VygVSTBR30pD6iIMXiRORUuvp11p2y4Vz2WDKAAMAoGCCqGSM49BAMCA0gA
MEUCIQCnj3nPkMEF1HXNMto7krK2glWBdzysqcmqzzM8Zw8BWgIgTEAMV7BGgdPh
7env4Q8Jbv/6VN9XXKTJsW/1vDykDd4=
-----END CERTIFICATE REQUEST-----
`,
  },
  {
    name: 'res/xml/network_security_config.xml',
    text: `<?xml version="1.0" encoding="utf-8"?>
<network-security-config>
    <base-config cleartextTrafficPermitted="true">
        <trust-anchors>
            <certificates src="system" />
            <certificates src="user" />
        </trust-anchors>
    </base-config>
    <domain-config>
        <domain includeSubdomains="true">example.com</domain>
        <pin-set expiration="2027-03-01">
            <pin digest="SHA-256">xgTzf8jbhOv/fBbpoi4vDIFRwe0UfoKzBWZG1BlgvI4=</pin>
        </pin-set>
    </domain-config>
</network-security-config>
`,
  },
];
