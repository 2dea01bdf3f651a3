// Azure Application Gateway, the probe and the settings of its backend. Not run here.
//
// It ends TLS and speaks HTTP to the servers. Whether it lets SSTP_DUPLEX_POST pass, with its length
// of 18446744073709551615, is not known; other HTTP proxies do not. HEAD and GET get 401 through it
// either way. So do not trust it before this is OK through its public address:
//
//     check_sstp -H vpn.example.com --level sstp
//
// - Its own default probe asks for / and takes 200 to 399: RRAS answers 404, and clients get 502.
// - The host of the probe is the SNI too; the certificate of the servers must be trusted by it.
// - It encrypts again: its certificate and that of the servers must be the same one, for SSTP binds a
//   tunnel to what the client saw. check_sstp_pool --vip compares them.
// - Affinity by cookie means nothing here: the client has no cookies.

var probes = [
  {
    name: 'sstp'
    properties: {
      protocol: 'Https'
      host: 'vpn.example.com'
      path: '/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/'
      interval: 30
      timeout: 30
      unhealthyThreshold: 3
      match: {
        statusCodes: [
          '401'
        ]
      }
    }
  }
]

var backendHttpSettingsCollection = [
  {
    name: 'sstp'
    properties: {
      port: 443
      protocol: 'Https'
      hostName: 'vpn.example.com'
      cookieBasedAffinity: 'Disabled'
      requestTimeout: 86400
      probe: {
        id: resourceId('Microsoft.Network/applicationGateways/probes', 'agw-vpn', 'sstp')
      }
    }
  }
]
