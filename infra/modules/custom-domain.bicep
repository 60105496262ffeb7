@description('The function app\'s name.')
param siteName string

@description('The Azure region.')
param location string

@description('The host name. It must be one of the app\'s already: docs/setup.md.')
@minLength(4)
@maxLength(253)
param domain string

resource site 'Microsoft.Web/sites@2025-03-01' existing = {
  name: siteName
}

// Issued and renewed by the platform, as long as the host name's CNAME leads to the app.
resource certificate 'Microsoft.Web/sites/certificates@2025-03-01' = {
  parent: site
  name: replace(domain, '.', '-')
  location: location
  properties: { canonicalName: domain }
}

resource binding 'Microsoft.Web/sites/hostNameBindings@2025-03-01' = {
  parent: site
  name: domain
  properties: {
    hostNameType: 'Verified'
    customHostNameDnsRecordType: 'CName'
    sslState: 'SniEnabled'
    thumbprint: certificate.properties.thumbprint
  }
}
